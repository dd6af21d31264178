/** The same objects over HTTP: pages of history, and all of it where a network blocks sockets (see `Poll`). */

const WAIT = 25;
const PAUSE = 5000;
const { api, user } = document.getElementById("talk").dataset;
const token = () => document.cookie.match(/csrftoken=(\w+)/)?.[1] ?? "";

/** A failed request: `status` and the server's `code`, `detail`, `retry_after`; status 0 when nothing answered. */
export class Failure extends Error {
  constructor(status, body) {
    super(body.detail ?? "");
    Object.assign(this, { status, code: body.code ?? "unavailable", detail: body.detail ?? "" });
    this.retry_after = body.retry_after;
  }
}

export const get = (path, signal) => request(path, { signal });
export const post = (path, data) => send("POST", path, data);
export const put = (path, data) => send("PUT", path, data);

/** Send `data` by `method`; `more` are options of `fetch`. */
export function send(method, path, data, more = {}) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token() };
  return request(path, { method, headers, body: JSON.stringify(data), ...more });
}

/** Whose page this is goes with each request: somebody else may have signed in since. */
/** Send a piece of a file as it is. */
export function raw(path, body, signal) {
  const headers = { "Content-Type": "application/octet-stream", "X-CSRFToken": token() };
  return request(path, { method: "PATCH", headers, body, signal });
}

async function request(path, { headers, ...options }) {
  const answer = await fetch(api + path, { ...options, headers: { ...headers, "X-Person": user } }).catch(() => null);
  if (!answer) throw new Failure(0, {});
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Failure(answer.status, { retry_after: answer.headers.get("Retry-After"), ...body });
  return body;
}

/** The long poll that stands in for a socket that does not come: the same frames, one request after the other. */
export class Poll {
  /** `since()` is the version held; `hear` gets frames as from a socket, `fail` a Failure that ends the poll. */
  constructor({ room, since, hear, fail }) {
    Object.assign(this, { room, since, hear, fail, stopper: null });
  }

  get running() {
    return this.stopper !== null;
  }

  async start() {
    if (this.running) return;
    this.stopper = new AbortController();
    const { signal } = this.stopper;
    while (!signal.aborted) await this.once(signal);
  }

  stop() {
    this.stopper?.abort();
    this.stopper = null;
  }

  async once(signal) {
    const { room } = this;
    try {
      const page = await get(`rooms/${room}/changes/?since=${this.since()}&wait=${WAIT}`, signal);
      if (!signal.aborted) this.hear(page.reset ? { type: "reset", room } : { ...page, type: "changes", room });
    } catch (failure) {
      if (signal.aborted) return;
      if (failure.status === 401 || failure.code === "not_found") {
        this.stop();
        this.fail(failure);
      } else await new Promise((resolve) => setTimeout(resolve, PAUSE * (0.5 + Math.random())));
    }
  }
}

/** The same objects over HTTP: pages of history, and all of it where a network blocks sockets (poll.js). */

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

/** Send a piece of a file as it is. */
export function raw(path, body, signal) {
  const headers = { "Content-Type": "application/octet-stream", "X-CSRFToken": token() };
  return request(path, { method: "PATCH", headers, body, signal });
}

/** Whose page this is goes with each request: somebody else may have signed in since. */
async function request(path, { headers, ...options }) {
  const answer = await fetch(api + path, { ...options, headers: { ...headers, "X-Person": user } }).catch(() => null);
  if (!answer) throw new Failure(0, {});
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Failure(answer.status, { retry_after: answer.headers.get("Retry-After"), ...body });
  return body;
}

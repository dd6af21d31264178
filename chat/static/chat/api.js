/** The same objects over HTTP, for what no socket carries: pages of history, and networks that block sockets. */

const { api } = document.getElementById("talk").dataset;
const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

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

function send(method, path, data) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token() };
  return request(path, { method, headers, body: JSON.stringify(data) });
}

async function request(path, options) {
  const answer = await fetch(api + path, options).catch(() => null);
  if (!answer) throw new Failure(0, {});
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Failure(answer.status, { retry_after: answer.headers.get("Retry-After"), ...body });
  return body;
}

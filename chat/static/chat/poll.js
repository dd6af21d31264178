/** Fetched where sockets do not come through. */

import { get, post } from "./api.js";

const WAIT = 25;
const PAUSE = 5000;

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

  /** Bring a message by HTTP; gives the frame with which a socket would have answered. */
  post({ room, client_id, ...message }) {
    return post(`rooms/${room}/messages/`, { client_id, ...message }).then(
      ({ id, number }) => ({ type: "ack", room, client_id, id, number }),
      (failure) => ({ type: "error", client_id, ...failure }),
    );
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

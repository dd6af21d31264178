/**
 * What must outlive a reload, in this browser only, under the person's id: drafts, and own words until the database has
 * them (queued → sent → stored), sent in their order.
 */

const HELD = 60 * 60 * 1000;
const LATE = 10_000;
const { user } = document.getElementById("talk").dataset;
const name = (what) => `exchange.${user}.${what}`;

export class Outbox {
  /** `send(post)` is true when it went out; `show(item, state, sentence)` draws; `changed()` follows every change. */
  constructor({ send, show, changed }) {
    Object.assign(this, { send, show, changed, states: new Map() });
  }

  get items() {
    return kept("outbox", this.unkept ?? []);
  }

  set items(list) {
    this.unkept = list;
    keep("outbox", list);
    this.changed();
  }

  /** How many wait to be sent. */
  get waiting() {
    return this.items.filter((item) => !["sent", "refused"].includes(this.states.get(item.client_id))).length;
  }

  /** Take new words; `more` is what goes with them. */
  add(room, body, more = {}) {
    const item = { client_id: identity(), room, body, written_at: new Date().toISOString(), ...more };
    this.items = [...this.items, item];
    this.turn(item, "queued");
    this.dispatch(item);
  }

  /** Show and send what is left from before; what waited for over an hour asks first. */
  flush() {
    for (const item of this.items) {
      const state = this.states.get(item.client_id);
      if (state === "refused" || state === "held") continue;
      if (!state && Date.now() - new Date(item.written_at) > HELD) this.turn(item, "held");
      else this.dispatch(item);
    }
  }

  /** The line is gone: what was sent and not acknowledged waits again. */
  unsend() {
    for (const item of this.items) if (this.states.get(item.client_id) === "sent") this.turn(item, "queued");
  }

  /** The database has it (or it is given up): forget it. Returns it. */
  done(id) {
    const found = this.items.find((item) => item.client_id === id);
    this.states.delete(id);
    if (found) this.items = this.items.filter((item) => item.client_id !== id);
    return found;
  }

  /** The server said no. What may pass is tried again by itself; the rest waits for its writer. */
  refuse(id, { code, detail, retry_after: after }) {
    const item = this.items.find((one) => one.client_id === id);
    if (!item) return;
    if (code !== "unavailable" && code !== "rate_limited") return this.turn(item, "refused", detail);
    this.turn(item, "queued");
    setTimeout(() => this.dispatch(item), (Number(after) || 2) * 1000);
  }

  /** Try one again that was refused or held. */
  retry(id) {
    const item = this.items.find((one) => one.client_id === id);
    if (!item) return;
    this.turn(item, "queued");
    this.dispatch(item);
  }

  dispatch(item) {
    if (!this.items.some((one) => one.client_id === item.client_id)) return;
    const { written_at: written, ...post } = item;
    const late = Date.now() - new Date(written) > LATE;
    this.turn(item, this.send(late ? item : post) ? "sent" : "queued");
  }

  turn(item, state, sentence) {
    this.states.set(item.client_id, state);
    this.show(item, state, sentence);
    this.changed();
  }
}

/** A random UUID (version 4), also where the page is not a secure context. */
function identity() {
  const random = crypto.getRandomValues(new Uint8Array(30));
  let place = 0;
  return "xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx".replace(/x/g, () => (random[place++] & 15).toString(16));
}

/** What is kept under `what`, or `otherwise`. A browser that keeps nothing is no error. */
export function kept(what, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(name(what))) ?? otherwise;
  } catch {
    return otherwise;
  }
}

/** Keep `value`; nothing, an empty text or an empty list forgets it. */
export function keep(what, value) {
  try {
    if (value?.length) localStorage.setItem(name(what), JSON.stringify(value));
    else localStorage.removeItem(name(what));
  } catch {
    /* Full or forbidden: the words still stand on the page. */
  }
}

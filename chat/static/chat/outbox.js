/**
 * Own words on their way: queued → sent → stored, in each room one after the other. What is on the shelf belongs to all
 * tabs of the person, who tell each other how far it has come; the one that holds it (a Web Lock) and whose line is open
 * sends, and a tab that waits too long takes it over.
 */

import { all, drop, put } from "./shelf.js";

const HELD = 60 * 60 * 1000;
const LATE = 10_000;
const PATIENCE = 3000;
const LONGEST = 60_000;
const { user } = document.getElementById("talk").dataset;
const LOCK = `exchange.${user}.outbox`;

export class Outbox {
  /** `send(post)` is true when it went out. Who draws puts in `show(item, state, sentence)` and `changed()`. */
  constructor(send) {
    Object.assign(this, { send, items: new Map(), over: new Set(), pauses: new Map(), holds: false, show() {}, changed() {}, letGo() {} });
    this.tabs = new BroadcastChannel(LOCK);
    this.tabs.onmessage = ({ data }) => this.learn(...data);
    this.ready = this.load();
    addEventListener("pagehide", () => this.line(false));
  }

  /** What is there, the oldest first, refused or not. */
  get list() {
    return [...this.items.values()];
  }

  /** How many wait to be sent. */
  get waiting() {
    return this.list.filter(({ state }) => state === "queued" || state === "held").length;
  }

  /** Take new words; `more` is what goes with them. They are on the shelf before they leave. */
  async add(room, body, more = {}) {
    const item = { user, client_id: identity(), room, body, written_at: new Date().toISOString(), ...more };
    this.show(item, "queued");
    const order = await put(item);
    this.tell(order ? { ...item, order } : item, "queued");
    if (!this.holds && this.open) setTimeout(() => this.items.get(item.client_id)?.state === "queued" && this.hold(true), PATIENCE);
  }

  /** This tab's line to the server is open, or it is not: what was sent and not acknowledged then waits again. */
  line(open) {
    if (open === this.open) return;
    this.open = open;
    if (open) this.hold();
    else this.letGo();
  }

  /** The database has it: forget it. */
  stored(id) {
    return this.end(id, "stored");
  }

  /** It is given up, or its room is. Returns it. */
  end(id, state = "gone") {
    const found = this.items.get(id)?.item;
    if (!found) return null;
    if (found.order) drop(found.order);
    this.tell(found, state);
    return found;
  }

  /** The room is not this person's any more: nothing waits for it. */
  forget(room) {
    for (const { item } of this.list) if (item.room === room) this.end(item.client_id);
  }

  /** The server said no. What may pass is tried again by itself, in its turn; the rest waits for its writer. */
  refuse(id, { code, detail, retry_after: after }) {
    const item = this.items.get(id)?.item;
    if (!item) return;
    const soon = code === "unavailable" || code === "rate_limited";
    if (soon) this.pause(item.room, Number(after) * 1000);
    if (code === "not_found") this.end(id);
    else if (code === "asks_first") this.tell({ ...item, confirm: true }, "asks", detail);
    else this.tell(item, soon ? "queued" : "refused", soon ? "" : detail);
  }

  /** Try one again that was refused, or asked first: whether it is too old, or whether it may tell so many. */
  retry(id) {
    const { item } = this.items.get(id) ?? {};
    if (item) this.tell({ ...item, agreed: true }, "queued");
  }

  async load() {
    for (const item of (await all(user)) ?? []) {
      if (!this.items.has(item.client_id)) this.learn(item, stale(item) ? "held" : "queued");
    }
  }

  /** What went out and was not acknowledged `since` goes out again, in its turn. */
  again(since = Infinity) {
    for (const { item, state, at } of this.list) if (state === "sent" && at < since) this.tell(item, "queued");
  }

  /** Become the tab that sends, as soon as no other is; or, impatient, at once. */
  async hold(steal = false) {
    this.letGo();
    const { signal, release, held } = this.grip();
    await this.ready;
    const take = () => {
      if (signal.aborted) return null;
      this.holds = true;
      this.again();
      this.next();
      return held;
    };
    if (!navigator.locks) return take();
    return navigator.locks.request(LOCK, steal ? { steal } : { signal }, take).catch(() => {
      if (signal.aborted) return;
      release();
      this.hold();
    });
  }

  /** How this tab's hold begins, and how it ends. */
  grip() {
    const leaving = new AbortController();
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    this.letGo = () => {
      if (this.holds) this.again();
      this.holds = false;
      leaving.abort();
      release();
    };
    return { signal: leaving.signal, release, held };
  }

  /** Send what is first in each room; the second follows when that is stored or refused. */
  next() {
    if (!this.holds) return;
    const busy = new Set(this.pauses.keys());
    for (const id of [...this.items.keys()]) {
      const { item, state } = this.items.get(id) ?? {};
      if (!item || busy.has(item.room) || ["refused", "held", "asks"].includes(state)) continue;
      busy.add(item.room);
      if (state === "queued") this.dispatch(item);
    }
  }

  dispatch({ order, user: writer, agreed, ...post }) {
    const { item } = this.items.get(post.client_id);
    if (stale(item)) return this.tell(item, "held");
    const late = Date.now() - new Date(post.written_at) > LATE;
    if (this.send({ ...post, written_at: late ? post.written_at : undefined })) this.tell(item, "sent");
  }

  /** The room's turn comes later: when the server says, else after twice as long as the last time, give or take. */
  pause(room, wanted) {
    this.tries = (this.tries ?? 0) + 1;
    const patience = wanted || Math.min(LONGEST, 1000 * 2 ** this.tries) * (0.5 + Math.random() / 2);
    const over = () => this.pauses.delete(room) && this.next();
    clearTimeout(this.pauses.get(room));
    this.pauses.set(room, setTimeout(over, patience));
  }

  /** All tabs, this one first. What another says late of a message that is over is not heard. */
  tell(...news) {
    this.learn(...news);
    this.tabs.postMessage(news);
  }

  learn(item, state, sentence) {
    const { client_id: id } = item;
    if (this.over.has(id)) return;
    if (state === "stored") this.tries = 0;
    if (state === "stored" || state === "gone") {
      this.items.delete(id);
      this.over.add(id);
    } else this.items.set(id, { item, state, at: Date.now() });
    this.show(item, state, sentence);
    this.changed();
    this.next();
  }
}

/** Words that are over an hour old ask before they go. */
const stale = ({ written_at: written, agreed }) => !agreed && Date.now() - new Date(written) > HELD;

/** A random UUID (version 4), also where the page is not a secure context. */
export function identity() {
  const random = crypto.getRandomValues(new Uint8Array(30));
  let place = 0;
  return "xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx".replace(/x/g, () => (random[place++] & 15).toString(16));
}

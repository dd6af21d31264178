/** The open room: what comes in changes the log, what is written goes out, and the reader's place is kept. */

import { get } from "./api.js";
import { beside } from "./beside.js";
import { nodesOf } from "./clean.js";
import { closeComposer, openComposer, OwnWords } from "./composer.js";
import { clear, offerVerbs, put, quietly } from "./log.js";
import { articleOf, callsMe } from "./message.js";
import { holdEnd, keepingPlace, openAt, Reader } from "./reader.js";
import { note } from "./rooms.js";
import { freshNow, showState } from "./status.js";
import { Store } from "./store.js";

const SOCKET_FAILS = 3;
const above = (messages) => quietly(() => keepingPlace(() => put(messages)));
const WIDE = matchMedia("(width >= 80rem)");

/** A message with its words alone as `body`, without the signs of Markdown. */
const spoken = (message) =>
  message.html
    ? { ...message, body: nodesOf(message.html).map((node) => node.textContent).join(" ") }
    : { ...message, body: message.body ?? message.attachments?.map(({ name }) => name).join(", ") };

/** `ask` and `tell` reach the server, own words by the `outbox`; `polls` hears that the poll stands in for the socket. */
export class OpenRoom {
  constructor(ways) {
    const { outbox, ask, tell, polls } = ways;
    const { room, thread, version, count, first, last, read, past } = document.querySelector("[data-talk]").dataset;
    this.id = Number(room);
    Object.assign(this, { ask, polls });
    this.store = this.storeOf({
      room: this.id,
      thread: Number(thread),
      version: Number(version),
      count: Number(count),
      first: Number(first),
      last: Number(last),
      past: past !== undefined,
    });
    this.counted = this.store.count;
    this.reader = new Reader({ store: this.store, read: Number(read), send: (number) => this.tell(tell, number) });
    this.own = new OwnWords({ room: this.id, store: this.store, reader: this.reader, outbox });
    this.lookBack(document.querySelector("[data-earlier]"));
    this.lookBeside(ways);
    offerVerbs();
    openAt();
    holdEnd();
    this.reader.look();
  }

  storeOf(numbers) {
    return new Store(numbers);
  }

  get version() {
    return this.store.version;
  }

  get polling() {
    return Boolean(this.poll?.running);
  }

  /** A frame that concerns this room, from the socket or the poll. */
  hear(frame) {
    this[`on_${frame.type}`]?.(frame);
  }

  /** The connection turned `live`, `away` or `out`. */
  turn(state, fails) {
    showState(state);
    if (state === "live") this.poll?.stop();
    if (state === "away" && fails >= SOCKET_FAILS && navigator.onLine) this.startPolling();
  }

  async startPolling() {
    const { Poll } = await import("./poll.js").catch(() => ({}));
    if (!Poll) return;
    this.poll ??= new Poll({
      room: this.id,
      since: () => this.version,
      hear: (frame) => this.hear(frame),
      fail: ({ status }) => (status === 401 ? showState("out") : this.gone()),
    });
    this.poll.start();
    this.polls();
  }

  on_welcome({ denied = [] }) {
    if (denied.includes(this.id)) this.gone();
  }

  on_beat({ heads }) {
    freshNow();
    if (heads?.[this.id] > this.version) this.ask(this.version);
  }

  on_change(frame) {
    this.pins(frame.message ? [frame.message] : []);
    const messages = this.store.change(frame);
    if (messages) this.draw(messages);
    else this.ask(this.version);
    this.state(frame.room_state);
  }

  on_changes(frame) {
    this.pins(frame.messages);
    const messages = this.store.changes(frame);
    if (messages) this.draw(messages);
    if (!messages || frame.more) this.ask(this.version);
    this.state(frame.room_state);
    freshNow();
    if (this.polling) showState("live");
  }

  async on_reset() {
    const newest = await get(`rooms/${this.id}/messages/?limit=50`).catch(() => null);
    if (!newest) return;
    quietly(() => {
      clear();
      put(this.store.restart(newest.messages, newest.version));
    });
    this.reader.look();
  }

  /** On a page that this browser kept: what came after it was made. Where that is not the `whole`, begin anew. */
  replay(messages, version, whole) {
    if (whole) return this.draw(this.store.changes({ since: this.version, version, messages }) ?? []);
    clear();
    return put(this.store.restart(messages, version));
  }

  on_read({ thread, number }) {
    if (!thread) this.reader.moved(number, false);
  }

  on_unread({ number }) {
    this.reader.moved(number, true);
  }

  on_room({ room }) {
    this.state(room);
  }

  on_gone() {
    this.gone();
  }

  on_typing({ user }) {
    import("./typing.js").then(({ writes }) => writes(user), () => null);
  }

  /** What is rarely wanted comes with its first use: a thread beside the room, who is writing, what is pinned. */
  lookBeside(ways) {
    document.querySelector("[data-composer]")?.addEventListener("input", ways.type);
    document.querySelector(".log").addEventListener("click", (event) => {
      const link = event.target.closest(".thread");
      if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && beside(link.href)) event.preventDefault();
    });
    document.addEventListener("exchange:thread", (event) => {
      if (!WIDE.matches || this.store.root) return;
      event.preventDefault();
      const { detail: address } = event;
      import("./side.js").then((side) => (this.side = side).openSide(address, this, { ...ways, articleOf })).catch(() => location.assign(address));
    });
  }

  pins(messages) {
    const list = document.querySelector("[data-pins]");
    const stands = ({ number }) => Boolean(list.querySelector(`[data-pin="${number}"]`));
    const moved = list ? messages.filter((message) => Boolean(message.pinned) !== stands(message)) : [];
    if (moved.length) import("./pins.js").then(({ keepPins }) => keepPins(moved), () => null);
  }

  lookBack(link) {
    link?.addEventListener("click", (event) => {
      event.preventDefault();
      import("./earlier.js").then(({ extendUpwards }) => extendUpwards(link, this.store, above), () => location.assign(link.href));
    });
  }

  draw(messages) {
    if (!messages.length) return note(this.id, { count: this.store.count });
    messages.forEach((message) => this.own.came(message));
    this.reader.during(() => put(messages));
    this.side?.draw(messages);
    if (messages.some(({ thread }) => thread)) import("./replies.js").then(({ countReplies }) => countReplies(messages));
    document.querySelector("[data-empty]")?.remove();
    const calls = messages.filter((message) => message.number > this.counted && callsMe(message)).length;
    this.counted = this.store.count;
    note(this.id, { count: this.store.count, read: this.reader.read, last: spoken(messages.at(-1)), calls });
  }

  state(news) {
    if (news?.floor >= this.store.first) import("./floor.js").then(({ drop }) => drop(this.store, news.floor), () => null);
    if (news?.name) document.getElementById("room-name").textContent = news.name;
    if (news?.can_post === false || news?.closed) closeComposer();
    else if (news?.can_post) openComposer();
  }

  tell(send, number) {
    send(number);
    note(this.id, { read: number });
    document.querySelector("[data-mark-read]")?.remove();
  }

  gone() {
    this.poll?.stop();
    clear();
    closeComposer();
    this.own.forget();
    document.querySelector("[data-gone]").hidden = false;
    document.querySelectorAll("[data-composer], [data-changed], .earlier, #details").forEach((part) => part.remove());
  }
}

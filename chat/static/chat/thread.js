/** A thread on a page of its own: the open room, of which only one message and its answers are shown and counted. */

import { put } from "./log.js";
import { OpenRoom } from "./room.js";
import { note, numbersOf } from "./rooms.js";
import { Store } from "./store.js";

const { user } = document.getElementById("talk").dataset;

/** The numbers of a thread among those of its room. */
class ThreadStore extends Store {
  constructor(numbers) {
    super({ ...numbers, count: numbers.last });
    Object.assign(this, { root: numbers.thread, total: numbers.count, came: [] });
  }

  /** How many of those that came after the page was made lie above `read`. */
  missing(read) {
    return this.came.filter((number) => number > read).length;
  }

  within(messages) {
    this.total = Math.max(this.total, ...messages.map(({ number }) => number));
    const own = messages.filter(({ number, thread }) => number === this.root || thread === this.root);
    this.came.push(...own.map(({ number }) => number).filter((number) => number > this.count));
    return super.within(own);
  }
}

export class OpenThread extends OpenRoom {
  storeOf(numbers) {
    return new ThreadStore(numbers);
  }

  draw(messages) {
    note(this.id, { count: this.store.total, read: this.roomRead(messages) });
    if (!messages.length) return;
    messages.forEach((message) => this.own.came(message));
    this.reader.during(() => put(messages));
    document.querySelectorAll(`.log [data-quote="${this.store.root}"]`).forEach((quote) => quote.remove());
    document.querySelector("[data-empty]")?.remove();
  }

  /** How far the room is read: own words are read by their writer, if all before them was. */
  roomRead(messages) {
    const follows = (read, { number, author }) => (String(author.id) === user && number === read + 1 ? number : read);
    return messages.reduce(follows, numbersOf(this.id).read);
  }

  tell(send, number) {
    send(number, this.store.root);
    document.querySelector("[data-mark-read]")?.remove();
  }

  on_read({ thread, number }) {
    if (thread === this.store.root) this.reader.moved(number, false);
  }

  on_unread() {}

  /** The page is made anew: what is held is void. */
  on_reset() {
    location.reload();
  }
}

/**
 * Where the reader is in the conversation (a column of its own on a wide screen, the window on a narrow one), and the
 * read marker: it moves on only when the end was really seen, on a visible page that has the focus.
 */

import { say } from "./words.js";

const PAUSE = 400;
const pill = document.querySelector("[data-newer]");
const wrap = document.querySelector(".log-wrap");
const foot = document.querySelector(".room-foot");
const end = document.getElementById("latest");
const NEAR = 64;

const box = () => (getComputedStyle(wrap).overflowY === "auto" ? wrap : document.scrollingElement);

export class Reader {
  /** `send(number)` tells the server; `read` is where the marker stands. */
  constructor({ store, read, send }) {
    Object.assign(this, { store, read, send, held: false });
    onMove(() => this.look());
    pill?.addEventListener("click", (event) => {
      if (this.store.past) return;
      event.preventDefault();
      toEnd();
    });
  }

  /** Draw what came, then see whether it was seen. `own` words bring their writer to the end. */
  during(change, own = false) {
    keepingPlace(change);
    if (own) toEnd();
    this.look();
  }

  /** Another device moved the marker; moved back, it stays until the room is opened again. */
  moved(number, back) {
    this.read = number;
    this.held ||= back;
  }

  look() {
    const seen = !this.store.past && atEnd();
    const missing = this.store.missing(Math.max(this.read, this.seen ?? 0));
    if (seen) this.seen = this.store.last;
    if (pill) {
      pill.hidden = seen || missing <= 0;
      if (!pill.hidden) pill.querySelector("span").textContent = say("newer", { n: missing });
    }
    if (!seen || this.held || document.hidden || !document.hasFocus() || this.store.last <= this.read) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.settle(), PAUSE);
  }

  settle() {
    if (this.store.last <= this.read || !atEnd() || document.hidden) return;
    this.read = this.store.last;
    this.send(this.read);
  }
}

/** True when the last message is on the screen. */
export const atEnd = () => end.getBoundingClientRect().top <= foot.getBoundingClientRect().top + NEAR;

/** Go to the last message. */
export function toEnd() {
  const scroller = box();
  scroller.scrollTop = scroller === wrap ? 0 : scroller.scrollHeight;
}

/** Where a page without a place in its address opens: at the first unread message, otherwise at the end. */
export function openAt() {
  const number = location.hash.match(/^#m(\d+)$/)?.[1];
  if (number && !document.getElementById(`m${number}`)) location.replace(`?around=${number}#m${number}`);
  const named = location.hash && document.getElementById(location.hash.slice(1));
  if (named && named !== end) return;
  const unread = document.getElementById("unread");
  if (unread && !named) unread.scrollIntoView();
  else if (!location.search) toEnd();
}

/** Change the page without moving what the reader looks at; at the end they stay at the end. */
export function keepingPlace(change) {
  if (atEnd()) {
    change();
    toEnd();
    return;
  }
  const top = wrap.getBoundingClientRect().top;
  const seen = [...wrap.querySelectorAll(".msg")].find((node) => node.getBoundingClientRect().bottom > Math.max(0, top));
  const before = seen?.getBoundingClientRect().top;
  change();
  if (seen?.isConnected) box().scrollTop += seen.getBoundingClientRect().top - before;
}

/** A growing field or a smaller window takes nothing from whoever is at the end. */
export function holdEnd() {
  let held = atEnd();
  addEventListener("scroll", () => { held = atEnd(); }, { passive: true, capture: true });
  new ResizeObserver(() => held && toEnd()).observe(foot);
}

/** Call `seen` whenever the reader may have come to the end: scrolled, or back at this page. */
export function onMove(seen) {
  wrap.addEventListener("scroll", seen, { passive: true });
  for (const name of ["scroll", "focus", "resize"]) addEventListener(name, seen, { passive: true });
  document.addEventListener("visibilitychange", seen);
}

/** The read marker: it moves on only when the end was really seen, on a visible page that has the focus. */

import { atEnd, keepingPlace, onMove, toEnd } from "./scroll.js";
import { say } from "./words.js";

const PAUSE = 400;
const pill = document.querySelector("[data-newer]");

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
    const missing = this.store.count - Math.max(this.read, this.seen ?? 0);
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

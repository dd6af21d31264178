/** One file on its way: announced, piece by piece, finished. After a cut it asks how far it is, and goes on. */

import { Failure, get, post, raw } from "./api.js";

const SMALL = 64 * 1024;
const LARGE = 512 * 1024;
const QUICK = 2000;
const PAUSE = 2000;
const LONGEST = 30_000;
const FULL = 507;
const PATIENCE = 60_000;

export class Upload {
  /** `item` has `file`, `client_id`, `name`, `size`; it gets `id`, `received`, `state`, `shown` or a `sentence`. */
  constructor(item, room, changed) {
    Object.assign(this, { item, room, changed, piece: SMALL, fails: 0 });
  }

  /** Until it is whole, refused, or stopped. */
  async run() {
    while (this.item.state === "coming" || this.item.state === "stalled") {
      try {
        await this.step();
        this.fails = 0;
        if (this.item.state === "stalled") this.item.state = "coming";
      } catch (failure) {
        await this.fail(failure);
      }
      this.changed();
    }
  }

  /** Nothing more of it goes out. */
  stop() {
    this.stopper?.abort();
    this.goOn?.();
  }

  async step() {
    const { item } = this;
    if (!item.id || this.asking) this.know(await this.ask());
    else if (item.received < item.size) this.know(await this.bring());
    else this.end(await post(`files/${item.id}/finish/`, {}));
  }

  /** The announcement is the question as well: it always answers how far the file is. */
  ask() {
    const { client_id: id, name, size: bytes, id: file } = this.item;
    return file ? get(`files/${file}/`) : post(`rooms/${this.room}/files/`, { client_id: id, name, bytes });
  }

  async bring() {
    const { file, received, id } = this.item;
    const begun = Date.now();
    const piece = file.slice(received, received + this.piece);
    this.stopper = new AbortController();
    const timer = setTimeout(() => this.stopper.abort(), PATIENCE);
    const answer = await raw(`files/${id}/?offset=${received}`, piece, this.stopper.signal).finally(() => clearTimeout(timer));
    if (Date.now() - begun < QUICK) this.piece = Math.min(this.piece * 2, LARGE);
    return answer;
  }

  know({ id, received, state, ...more }) {
    this.asking = false;
    Object.assign(this.item, { id, received });
    if (state !== "uploading") this.end({ id, received, state, ...more });
  }

  end(shown) {
    Object.assign(this.item, { state: "ready", shown, bytes: shown.bytes });
  }

  /** A cut is waited out; what the server does not take is said. */
  async fail(failure) {
    const { item } = this;
    if (item.state === "gone" || item.state === "paused") return;
    if (!(failure instanceof Failure)) throw failure;
    this.asking = true;
    if (failure.status === 409) return;
    if ((failure.status >= 400 && failure.status < 500) || failure.status === FULL) {
      Object.assign(item, { state: "refused", sentence: failure.detail });
      return;
    }
    item.state = "stalled";
    this.piece = SMALL;
    this.changed();
    await this.link(Math.min(PAUSE * 2 ** this.fails++, LONGEST));
  }

  /** Wait so long, or until the browser says that it is online again, or it is stopped. */
  link(time) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, time);
      this.goOn = () => {
        clearTimeout(timer);
        resolve();
      };
      addEventListener("online", this.goOn, { once: true });
    });
  }
}

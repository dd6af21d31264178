/** The files that go with the next message: brought piece by piece, going on by themselves after a cut. */

import { get, send } from "./api.js";
import { keep, kept } from "./drafts.js";
import { remember, shape, sizeOf, word } from "./files.js";
import { identity } from "./outbox.js";
import { Upload } from "./upload.js";

export class Tray {
  /** It stands before `before`; `sendNow()` is called when all is there and somebody has pressed Send. */
  constructor({ room, before, sendNow }) {
    Object.assign(this, { room, sendNow, items: [], held: false, place: `files.${room}` });
    this.list = Object.assign(document.createElement("ul"), { className: "plain tray", ariaLabel: word("tray") });
    this.note = Object.assign(document.createElement("p"), { className: "note", role: "status" });
    before.before(this.list, this.note);
    this.left = kept(this.place, []);
    this.restored = this.restore();
  }

  get any() {
    return this.items.some(({ state }) => state !== "refused");
  }

  get busy() {
    return this.items.some(({ state }) => state !== "ready" && state !== "refused");
  }

  /** Take files; one that was begun before goes on. */
  async add(files) {
    await this.restored;
    for (const file of files) {
      const same = this.items.find((item) => item.state === "again" && isSame(item, file));
      if (same) Object.assign(same, { file, state: "coming" });
      else this.show({ client_id: identity(), file, name: file.name, size: file.size, modified: file.lastModified });
    }
    this.remember();
    this.run();
  }

  /** What goes with the message. Files that were refused stay behind, with the reason. */
  take() {
    const ready = this.items.filter(({ state }) => state === "ready");
    const ids = ready.map(({ id }) => id);
    ready.forEach(({ node }) => node.remove());
    this.items = this.items.filter(({ state }) => state === "refused");
    this.hold(false);
    this.remember();
    return ids.length ? { attachments: ids } : {};
  }

  /** Somebody has pressed Send, and must wait for the files. */
  hold(held = true) {
    this.held = held;
    this.note.textContent = held ? word("held") : "";
  }

  show(item) {
    const node = shape("coming");
    node.querySelector("b").textContent = item.name;
    node.querySelector("[data-cancel] .hide").append(item.name);
    node.querySelector("[data-cancel]").addEventListener("click", () => this.cancel(item));
    const pause = node.querySelector("[data-pause]");
    pause.querySelector(".hide").append(item.name);
    pause.addEventListener("click", () => this.pause(item));
    Object.assign(item, { node, state: item.state ?? "coming", received: item.received ?? 0 });
    this.items.push(item);
    this.list.append(node);
    this.draw(item);
  }

  /** One after the other: two at once would only slow each other down. */
  async run() {
    if (this.running) return;
    this.running = true;
    for (let item = this.next(); item; item = this.next()) {
      item.upload = new Upload(item, this.room, () => this.draw(item));
      await item.upload.run();
      this.draw(item);
      this.remember();
    }
    this.running = false;
    if (this.held && !this.busy) this.end();
  }

  /** It waits until it is told to go on, and whoever comes behind it has the line; or it goes on in its turn. */
  pause(item) {
    item.state = item.state === "paused" ? "coming" : "paused";
    if (item.state === "paused") item.upload?.stop();
    this.draw(item);
    this.run();
  }

  next() {
    return this.items.find(({ state }) => state === "coming");
  }

  /** All is there. What was refused is for its sender to decide about, before anything goes out. */
  end() {
    const refused = this.items.some(({ state }) => state === "refused");
    this.hold(false);
    if (!refused) this.sendNow();
  }

  async cancel(item) {
    const there = item.id && item.state !== "refused";
    item.upload?.stop();
    item.state = "gone";
    this.items = this.items.filter((one) => one !== item);
    item.node.remove();
    this.remember();
    if (there) await send("DELETE", `files/${item.id}/`, {}).catch(() => null);
    if (this.held && !this.busy) this.end();
  }

  draw(item) {
    const { node, state, received, size } = item;
    const says = {
      coming: () => word("coming", { done: sizeOf(received), size: sizeOf(size) }),
      paused: () => word("paused", { done: sizeOf(received), size: sizeOf(size) }),
      stalled: () => word("stalled"),
      again: () => word("again"),
      ready: () => word("ready", { size: sizeOf(item.bytes ?? size) }),
      refused: () => item.sentence,
    }[state];
    if (says) node.querySelector("[data-says]").textContent = says();
    const pause = node.querySelector("[data-pause]");
    pause.hidden = !["coming", "stalled", "paused"].includes(state);
    pause.firstChild.textContent = word(state === "paused" ? "resume" : "pause");
    node.querySelector("progress").value = size ? (100 * received) / size : 0;
    node.classList.toggle("file-done", state === "ready" || state === "refused");
    node.classList.toggle("file-refused", state === "refused");
    if (state === "ready") remember(item.shown);
  }

  /** What was here before a reload: whole, or to be chosen again. */
  async restore() {
    for (const item of this.left) {
      const now = item.id && (await get(`files/${item.id}/`).catch((failure) => (failure.status ? null : item)));
      if (!now || now.state === "infected") continue;
      const whole = now.state !== "uploading" && now !== item;
      this.show({ ...item, received: now.received ?? 0, bytes: now.bytes, shown: now, state: whole ? "ready" : "again" });
    }
    this.remember();
  }

  remember() {
    const rows = this.items.filter(({ state }) => state !== "refused");
    keep(this.place, rows.map(({ client_id, id, name, size, modified }) => ({ client_id, id, name, size, modified })));
  }
}

const isSame = (item, { name, size, lastModified }) =>
  item.name === name && item.size === size && item.modified === lastModified;

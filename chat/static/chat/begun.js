/**
 * What is begun in the field, kept with the server for the person's other devices: after a pause, and on leaving. In
 * this browser stand the words themselves (`draft.<room>`, with the thread behind it) and what the server is known to have (`known.<room>`).
 */

import { get, send } from "./api.js";
import { keep, kept, standing } from "./drafts.js";

const PAUSE = 1500;
const KEEPS_ALIVE = 15_000;
const { saver } = document.getElementById("talk").dataset;

export class Draft {
  /** What stands in the field of `form` is compared with what this browser has. `saved()` follows each save. */
  constructor(form, { room, thread, draftOf, saved }) {
    const field = form.elements.body;
    Object.assign(this, { form, field, saved, line: Promise.resolve(), bar: form.querySelector("[data-other]") });
    this.path = `rooms/${room}/draft/${thread ? `?thread=${thread}` : ""}`;
    this.names = { words: draftOf(room), known: draftOf(room, "known") };
    this.known = [Number(form.elements.draft.value), (form.dataset.begun ?? field.defaultValue).trimEnd()];
    this.compare();
    field.addEventListener("input", () => this.take());
    addEventListener("pagehide", () => this.save());
    document.addEventListener("exchange:frame", ({ detail: { type } }) => type === "welcome" && this.save());
    document.addEventListener("visibilitychange", () => document.hidden && this.save());
    this.bar.addEventListener("click", (event) => this.choose(event));
  }

  /** Unsent words of this browser stand; if the server has others meanwhile, it keeps both. A page may also be older
   *  than what this browser knows: it was kept from before, or made while the words were on their way. */
  compare() {
    const stands = standing(this.names, ...this.known);
    const [since, saved, tried] = kept(this.names.known, [0, ""]);
    if (since > this.known[0] || (tried !== this.known[1] && stands !== this.known[1] && this.known[1])) this.known = [since, saved];
    this.show(stands);
    this.saved();
    this.save();
  }

  take() {
    this.typed = this.field.value;
    clearTimeout(this.timer);
    if (saver === undefined) this.timer = setTimeout(() => this.save(), PAUSE);
  }

  /** The room is no longer this person's: answers that are still on their way leave nothing here. */
  end() {
    clearTimeout(this.timer);
    this.show("");
    this.know();
    this.ended = true;
  }

  hold(what, value) {
    if (!this.ended) keep(this.names[what], value);
  }

  /** They are on their way to the room. */
  sent() {
    this.typed = "";
    this.save();
  }

  /** One after the other: each goes with the version that the one before came back with. */
  save(more = {}) {
    clearTimeout(this.timer);
    this.line = this.line.then(() => this.put(this.typed.trimEnd(), more)).catch(() => null);
  }

  /** What was brought and not answered may stand there all the same. */
  async ask() {
    const { version, body = "" } = await get(this.path);
    if (body === this.tried) this.know(version, body);
    this.tried = undefined;
  }

  know(...known) {
    this.known = known;
    this.hold("known", known);
  }

  async put(body, more) {
    if (this.tried !== undefined) await this.ask();
    if (this.ended) return;
    if (body === this.known[1] && !more.settled) return;
    const reply = Number(this.form.elements.reply_to?.value);
    const answered = reply && body ? { reply_to: reply } : {};
    const data = { body, since: this.known[0], written_at: new Date().toISOString(), ...answered, ...more };
    this.tried = body;
    this.hold("known", [...this.known, body]);
    const draft = await send("PUT", this.path, data, { keepalive: body.length < KEEPS_ALIVE });
    const stands = draft.body ?? "";
    this.tried = undefined;
    this.know(draft.version, stands);
    if (stands !== body && this.typed.trimEnd() === body) this.show(stands);
    this.offer(draft.other ?? "");
    this.saved();
  }

  /** These words stand now, here too. */
  show(words) {
    this.typed = words;
    if (this.field.value.trimEnd() !== words) this.field.value = words;
    this.hold("words", words);
    this.hold("known", this.known);
  }

  offer(other) {
    this.bar.hidden = !other;
    this.bar.querySelector("[data-said]").textContent = other;
  }

  /** What was written elsewhere goes below, or away. */
  choose(event) {
    const button = event.target.closest("button");
    if (!button) return;
    event.preventDefault();
    const other = this.bar.querySelector("[data-said]").textContent;
    if (button.value === "add") this.show([this.field.value.trimEnd(), other].filter(Boolean).join("\n\n"));
    this.offer("");
    this.save({ settled: true });
    this.field.focus();
  }
}

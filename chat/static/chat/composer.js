/** What the reader writes in the open room: from the field (Enter sends) through the outbox onto the screen. */

import { dropPending, markPending, putPending } from "./log.js";
import { keep, kept } from "./drafts.js";

const { user, name, organisation } = document.getElementById("talk").dataset;
const author = { id: Number(user), name, organisation };
const form = document.querySelector("[data-composer]");
const field = form?.elements.body;
const AGAIN = 3000;
let tray = null;
const touch = matchMedia("(pointer: coarse)");
const thread = Number(form?.elements.thread?.value);

/** Under what the field's words are kept: in a thread other ones than in its room. */
const draftOf = (room, what = "draft") => `${what}.${room}${thread ? `.${thread}` : ""}`;

export class OwnWords {
  constructor({ room, store, reader, outbox }) {
    Object.assign(this, { room, store, reader, outbox });
    outbox.show = (...own) => this.show(...own);
    this.drafts = compose(room, (body, more) => this.write(body, more));
    document.querySelector(".log").addEventListener("click", (event) => this.choose(event));
    outbox.list.forEach(({ item, state }) => this.show(item, state));
  }

  /** A message arrived; an own one is out of the outbox, and read by its writer if all before it was. */
  came({ client_id: id, author: { id: by }, number }) {
    if (by !== author.id) return;
    this.outbox.stored(id);
    if (this.reader.read === number - 1) this.reader.moved(number, false);
  }

  /** The room is not this person's any more: nothing of it stays in the browser. */
  forget() {
    this.drafts?.()?.then((it) => it?.end());
    keep(draftOf(this.room), "");
    keep(draftOf(this.room, "known"), []);
    this.outbox.forget(this.room);
  }

  /** Written while reading far back: it goes out at the room's end, where it will stand. */
  write(body, more) {
    this.reader.during(() => this.outbox.add(this.room, body, more), true);
    if (this.store.past) location.assign(`${location.pathname}#latest`);
  }

  show(item, state, sentence) {
    if (item.room !== this.room || (thread && item.thread !== thread)) return;
    if (state === "gone") dropPending(item.client_id);
    else if (state !== "stored") putPending(item, author);
    markPending(item.client_id, state, sentence);
  }

  /** The buttons of a refused message: try again, or back into the field. */
  choose({ target }) {
    const button = target.closest("[data-own]");
    if (!button) return;
    const id = button.closest(".msg").dataset.client;
    if (button.dataset.own === "retry") {
      this.outbox.retry(id);
      return;
    }
    giveBack(this.room, this.outbox.end(id)?.body ?? "");
  }
}

/** Make the field live; `send(body, more)` takes what was written. What is asked later is who keeps its drafts, if anybody. */
function compose(room, send) {
  if (!form) return null;
  const draft = draftOf(room);
  let keeper;
  const drafts = () =>
    (keeper ??= import("./begun.js").then(({ Draft }) => new Draft(form, { room, thread, draftOf, saved: markBegun }), () => null));
  const begun = () => (field.defaultValue || kept(draft, "")) && drafts();
  if (form.dataset.brought) import("./brought.js").then(({ goOnWith }) => goOnWith(form, draft, draftOf(room, "known"))).then(begun, begun);
  else {
    if (!field.value) field.value = kept(draft, "");
    begun();
  }
  field.addEventListener("input", () => keep(draft, field.value));
  field.addEventListener("input", drafts, { once: true });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || touch.matches) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name) return;
    event.preventDefault();
    if (!field.value.trim() && !tray?.any) return;
    if (tray?.busy) {
      tray.hold();
      return;
    }
    send(field.value.trimEnd(), { ...answered(), ...tray?.take() });
    field.value = "";
    keep(draft, "");
    keeper?.then((it) => it?.sent());
    field.focus();
  });
  field.addEventListener("input", offer);
  offerFiles(room);
  offerTimes();
  const hint = form.querySelector("[data-keys]");
  if (hint) hint.hidden = touch.matches;
  markBegun();
  const edited = kept(`edit.${room}`, null);
  if (edited) import("./verbs.js").then(({ goOn }) => goOn(edited), () => null);
  return () => keeper;
}

/** Where words of this browser wait, the list says so; the server may not have heard yet that they came or went. */
function markBegun() {
  for (const link of document.querySelectorAll(".room-link[data-room]")) {
    const here = kept(`draft.${link.dataset.room}`, "");
    const known = kept(`known.${link.dataset.room}`, ["", ""]);
    if (here || known[1] || (link.ariaCurrent && !thread)) link.querySelector(".room-draft").hidden = !here;
  }
}

/** What the words answer goes with them, once. */
function answered() {
  const number = Number(form.elements.reply_to?.value);
  form.querySelector("[data-answering]")?.remove();
  return { ...(number && { reply_to: number }), ...(thread && { thread }) };
}

/** Files come by the button, by pasting, and by being dropped; the first one brings the module that sends them. */
function offerFiles(room) {
  const talk = form.closest(".talk");
  const take = (event, { files }) => {
    if (!files?.length) return;
    event.preventDefault();
    attach(room, [...files]);
  };
  form.elements.files?.addEventListener("change", ({ target }) => {
    attach(room, [...target.files]);
    target.value = "";
  });
  field.addEventListener("paste", (event) => take(event, event.clipboardData));
  talk.addEventListener("dragover", (event) => event.dataTransfer.types.includes("Files") && event.preventDefault());
  talk.addEventListener("drop", (event) => take(event, event.dataTransfer));
  if (kept(`files.${room}`, []).length) attach(room, []);
}

/** Until the module is here, the files count as on their way: who presses Send now waits for them. */
async function attach(room, files) {
  tray ??= { any: true, busy: true, hold: () => (tray.held = true) };
  const { Tray } = await import("./tray.js").catch(() => ({}));
  if (!Tray) {
    setTimeout(() => attach(room, files), AGAIN);
    return;
  }
  if (!(tray instanceof Tray)) {
    const { held } = tray;
    tray = new Tray({ room, before: form, sendNow: () => form.requestSubmit() });
    if (held) tray.hold();
  }
  tray.add(files);
}

/** A time that everybody reads by their own clock. */
function offerTimes() {
  const button = form.querySelector("[data-time]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => import("./times.js").then(({ pick }) => pick(form, button), () => null));
}

/** The first `@` brings the module that offers names: most messages mention nobody. */
async function offer() {
  if (!field.value.includes("@")) return;
  field.removeEventListener("input", offer);
  const { offerPeople } = await import("./people.js").catch(() => ({}));
  if (offerPeople) offerPeople(form, field, document.querySelector("[data-talk]").dataset.room);
  else field.addEventListener("input", offer);
}

/** Put words back into the field, before what stands there. */
function giveBack(room, body) {
  if (!form) return;
  field.value = [body, field.value].filter(Boolean).join("\n\n");
  keep(draftOf(room), field.value);
  field.focus();
}

/** Nobody writes here any more; what was typed stays to be copied. */
export function closeComposer() {
  if (!form) return;
  changed(true);
  form.querySelector(".send").disabled = true;
  field.readOnly = true;
  form.hidden = !field.value;
}

/** One writes here again. A page that came without a field offers to be loaded anew. */
export function openComposer() {
  const reads = document.querySelector("[data-read-only]") !== null;
  changed(reads);
  if (!form || reads) return;
  form.querySelector(".send").disabled = false;
  field.readOnly = false;
  form.hidden = false;
}

/** Say that the page is older than what the reader may do now. */
function changed(is) {
  const note = document.querySelector("[data-changed]");
  if (note) note.hidden = !is;
}

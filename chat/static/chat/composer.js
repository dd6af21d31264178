/** The field to write in: Enter sends where there is a keyboard, and what is typed is kept until it is sent. */

import { keep, kept } from "./keep.js";

const form = document.querySelector("[data-composer]");
const field = form?.elements.body;
const touch = matchMedia("(pointer: coarse)");

/** Make the field live; `send(body)` takes what was written. */
export function compose(room, send) {
  if (!form) return;
  const draft = `draft.${room}`;
  if (!field.value) field.value = kept(draft, "");
  field.addEventListener("input", () => keep(draft, field.value));
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || touch.matches) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!field.value.trim()) return;
    send(field.value.trimEnd());
    field.value = "";
    keep(draft, "");
    field.focus();
  });
  const hint = form.querySelector("[data-keys]");
  if (hint) hint.hidden = touch.matches;
}

/** Put words back into the field, before what stands there. */
export function giveBack(room, body) {
  if (!form) return;
  field.value = [body, field.value].filter(Boolean).join("\n\n");
  keep(`draft.${room}`, field.value);
  field.focus();
}

/** Nobody writes here any more; what was typed stays to be copied. */
export function closeComposer() {
  if (!form) return;
  form.querySelector(".send").disabled = true;
  field.readOnly = true;
  form.hidden = !field.value;
}

/** Words that the address of the page brought into the field. */

import { keep, standing } from "./drafts.js";

/** They stand behind what was typed here before, once, and one writes on at their end. */
export function goOnWith(form, words, known) {
  const { brought, begun } = form.dataset;
  const field = form.elements.body;
  const typed = standing({ words, known }, Number(form.elements.draft.value), begun);
  field.value = typed.includes(brought.trim()) ? typed : [typed.trimEnd(), brought].filter(Boolean).join("\n\n");
  keep(words, field.value);
  history.replaceState(null, "", location.pathname + location.hash);
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}

/**
 * The field takes over an own message to be said otherwise. What stood in it comes back when that is done or given up;
 * after a reload one goes on where one was.
 */

import { keep as remember } from "./drafts.js";

const form = document.querySelector("[data-composer]");
const field = form.elements.body;
let standing = null;

form.addEventListener("submit", keep, { capture: true });
field.addEventListener("input", note, { capture: true });
form.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && standing && !event.defaultPrevented) giveUp();
});

/** Put `body` into the field, or what was `said` instead of it already; `save(body)` stores it, `shape` is the bar that
 *  says what goes on, and under `name` it is kept, with the `facts` that it takes to go on. */
export function edit({ name, facts, body, said = body }, shape, save) {
  giveUp();
  form.querySelector("[data-answering]")?.remove();
  const bar = shape.firstElementChild.cloneNode(true);
  standing = { name, facts, bar, save, body, before: field.value };
  bar.querySelector("[data-give-up]").addEventListener("click", giveUp);
  form.prepend(bar);
  field.value = said;
  field.focus();
  note();
}

function note(event) {
  if (!standing) return;
  event?.stopImmediatePropagation();
  const { name, facts, body } = standing;
  remember(name, [facts, body, field.value]);
}

/** Instead of sending: the changed words. Those that are refused stay in the field, with the reason in the bar. */
async function keep(event) {
  if (!standing) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const { bar, body, save } = standing;
  const said = field.value.trimEnd();
  try {
    if (said !== body) await save(said);
    giveUp();
  } catch ({ status, detail }) {
    const reason = bar.querySelector(".quote");
    reason.role = "alert";
    reason.textContent = status && detail ? detail : bar.dataset.failed;
  }
}

function giveUp() {
  if (!standing) return;
  standing.bar.remove();
  remember(standing.name, []);
  field.value = standing.before;
  standing = null;
  field.focus();
}

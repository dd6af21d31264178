/** The bar above the field: what one answers, and the way to give that up. */

import { blockOf } from "./quote.js";

const form = document.querySelector("[data-composer]");
const field = form?.elements.body;
const standing = () => form.querySelector("[data-answering]");

field?.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && standing()) giveUp(event);
});

/** What is written next answers message `number`, from this moment; `shape` is the bar that says so, and what it quotes
 *  may come later. What was typed already stays; a message that was being changed is left as it was. */
export function answer(number, shape) {
  if (!form) return;
  form.querySelector("[data-changing] [data-give-up]")?.click();
  const bar = shape.firstElementChild.cloneNode(true);
  bar.querySelector("input").value = number;
  bar.querySelector("[data-give-up]").addEventListener("click", giveUp);
  const quote = bar.querySelector(".quote");
  blockOf(number).then((block) => quote.replaceWith(block), () => null);
  standing()?.remove();
  form.prepend(bar);
  field.focus();
}

function giveUp(event) {
  event.preventDefault();
  standing()?.remove();
  field.focus();
}

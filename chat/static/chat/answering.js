/** The bar above the field: what one answers, and the way to give that up. */

import { blockOf } from "./quote.js";

const form = document.querySelector("[data-composer]");
const field = form?.elements.body;
const standing = () => form.querySelector("[data-answering]");

field?.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && standing()) giveUp(event);
});

/** What is written next answers message `number`; `shape` is the bar that says so. What was typed already stays. */
export async function answer(number, shape) {
  if (!form) return;
  const bar = shape.firstElementChild.cloneNode(true);
  bar.querySelector("input").value = number;
  bar.querySelector("[data-give-up]").addEventListener("click", giveUp);
  bar.querySelector(".quote").replaceWith(await blockOf(number));
  standing()?.remove();
  form.prepend(bar);
  field.focus();
}

function giveUp(event) {
  event.preventDefault();
  standing()?.remove();
  field.focus();
}

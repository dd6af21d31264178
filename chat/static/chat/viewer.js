/** A picture looked at: the small one at once, the whole one when that is asked for, since it may cost much. */

import { viewer } from "./files.js";

/** Show what the link at a message leads to. */
export function look(link) {
  const dialog = viewer();
  const small = link.querySelector("img");
  const whole = dialog.querySelector("img");
  const offer = dialog.querySelector("[data-offer]");
  dialog.querySelector("b").textContent = small.alt;
  dialog.querySelector("a").href = link.href;
  dialog.querySelector("[data-size]").textContent = link.querySelector("small").textContent;
  Object.assign(whole, { src: small.src, alt: small.alt });
  dialog.querySelector("[data-whole]").addEventListener("click", () => {
    whole.src = link.href;
    offer.remove();
    dialog.querySelector("[data-close]").focus();
  });
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    link.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}

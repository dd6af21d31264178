/** The time of a message is its address: pressed, it is copied too. */

import { say } from "./words.js";

/** Copy the address of the message that `link` stands at, and say so; a browser that copies nothing goes there only. */
export function copyLink(link) {
  const { number } = link.closest(".msg").dataset;
  const address = new URL(`?around=${number}#m${number}`, location.href).href;
  const said = () => (document.querySelector("[data-spoken]").textContent = say("copied"));
  return navigator.clipboard?.writeText(address).then(said, () => null);
}

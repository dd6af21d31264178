/** The list of what is pinned, beside the room, kept as somebody pins and unpins. */

import { blockOf } from "./quote.js";

const part = document.querySelector("[data-pins]");

/** Let these messages stand in the list, the newest first, or no longer. */
export async function keepPins(messages) {
  for (const { number, pinned } of messages) {
    part.querySelector(`[data-pin="${number}"]`)?.remove();
    if (pinned) part.querySelector("ul").prepend(await lineOf(number));
  }
  part.hidden = !part.querySelector("li");
}

async function lineOf(number) {
  const quote = await blockOf(number);
  const line = part.querySelector("template").content.firstElementChild.cloneNode(true);
  const link = line.querySelector("a");
  line.dataset.pin = number;
  Object.assign(link, { href: quote.getAttribute("href"), textContent: quote.querySelector("span").textContent });
  link.lang = quote.querySelector("span").lang;
  line.querySelector("small").textContent = quote.querySelector("b").textContent.replace(/:$/, "");
  return line;
}

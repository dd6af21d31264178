/** Earlier messages, fetched where one reads instead of on another page; without the link's help nothing is lost. */

import { get } from "./api.js";
import { put } from "./log.js";
import { keepingPlace } from "./scroll.js";

const log = document.querySelector(".log");

/** Let “Show earlier messages” put them above the others. */
export function extendUpwards(store) {
  const link = document.querySelector("[data-earlier]");
  link?.addEventListener("click", async (event) => {
    event.preventDefault();
    if (link.ariaBusy === "true") return;
    link.ariaBusy = "true";
    try {
      const page = await get(`rooms/${store.room}/messages/?before=${store.first}&limit=50`);
      quietly(() => keepingPlace(() => put(store.earlier(page.messages))));
      link.href = `?before=${store.first}#latest`;
      link.hidden = !page.more;
    } catch {
      location.assign(link.href);
    } finally {
      link.ariaBusy = "false";
    }
  });
}

/** Draw without having a screen reader read it all out. */
export function quietly(draw) {
  log.ariaLive = "off";
  draw();
  requestAnimationFrame(() => {
    log.ariaLive = "polite";
  });
}

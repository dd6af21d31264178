/** In how many of the followed threads something is new, kept as answers come and are read. */

import { get } from "./api.js";

const PAUSE = 1000;
const count = document.querySelector("[data-threads]");
let timer = null;

/** Ask again, once for what comes together. */
export function recount() {
  clearTimeout(timer);
  timer = setTimeout(() => get("threads/?count=1").then(show, () => null), PAUSE);
}

function show({ unread }) {
  count.hidden = unread === 0;
  count.querySelector(".count-number").textContent = unread;
}

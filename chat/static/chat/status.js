/** The line under the field: how fresh the page is, what waits to be sent, whether one is still signed in. */

import { say, timeOf } from "./words.js";

const line = document.querySelector("[data-status]");
const fresh = line?.querySelector("[data-fresh]");
const spoken = line?.querySelector("[data-spoken]");
const waits = line?.querySelector("[data-waiting]");
const signIn = line?.querySelector("[data-sign-in]");
let heard = new Date();

/** The page was up to date just now. */
export function freshNow() {
  heard = new Date();
  if (fresh) fresh.textContent = say("fresh", { time: timeOf(heard) });
}

/** `live`, `away` or `out`. Only a change is spoken, not the minutes. */
export function showState(state) {
  if (!line) return;
  line.dataset.state = state;
  if (state === "live") freshNow();
  else fresh.textContent = "";
  const words = { away: ["away", { time: timeOf(heard) }], out: ["out", {}] }[state];
  spoken.textContent = words ? say(...words) : "";
  signIn.hidden = state !== "out";
}

/** How many own messages wait. */
export function showWaiting(n) {
  if (!waits) return;
  waits.hidden = n === 0;
  waits.querySelector("span").textContent = n ? say("waiting", { n }) : "";
}

/** The line under the field: how fresh the page is, what waits to be sent, whether one is still signed in. */

import { say, timeOf, whenOf } from "./words.js";

const line = document.querySelector("[data-status]");
const fresh = line?.querySelector("[data-fresh]");
const spoken = line?.querySelector("[data-spoken]");
const waits = line?.querySelector("[data-waiting]");
const signIn = line?.querySelector("[data-sign-in]");
const { kept } = document.body.dataset;
let heard = new Date(kept ?? Date.now());

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
  const words = { away: ["away", { time: whenOf(heard) }], out: ["out", {}] }[state];
  spoken.textContent = words ? say(...words) : "";
  signIn.hidden = state !== "out";
}

/** The page comes from this browser, as it was `then`. */
export function heardAt(then) {
  heard = then;
  showState("away");
}

/** How many own messages wait. */
export function showWaiting(n) {
  if (!waits) return;
  waits.hidden = n === 0;
  waits.querySelector("span").textContent = n ? say("waiting", { n }) : "";
}

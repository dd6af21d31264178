/** Who is writing just now, below the field: a hint that goes by itself. */

import { say } from "./words.js";

const LASTS = 6000;
const writers = new Map();
const line = document.querySelector("[data-status]").appendChild(document.createElement("span"));

/** Somebody types; of several the last one is named. */
export function writes({ id, name }) {
  clearTimeout(writers.get(id)?.timer);
  writers.delete(id);
  writers.set(id, { name, timer: setTimeout(() => stopped(id), LASTS) });
  show();
}

/** What they wrote has come, or nothing any more. */
export function stopped(id) {
  clearTimeout(writers.get(id)?.timer);
  if (writers.delete(id)) show();
}

function show() {
  const last = [...writers.values()].at(-1);
  line.textContent = last ? say("typing", { name: last.name }) : "";
}

/** Choosing messages in the room: a box at each, a bar below, and on to the lesson that quotes them. */

const { room } = document.querySelector("[data-talk]").dataset;
const log = document.querySelector(".log");
const foot = document.querySelector(".room-foot");
const watch = new MutationObserver(() => log.querySelectorAll(".msg[data-number]").forEach(offer));
let bar = null;
let chosen = new Set();

/** Begin with one message chosen; `shape` is the bar, `words` say what a box is for. */
export function choose(first, shape) {
  if (bar) return tick(first, true);
  bar = shape.firstElementChild.cloneNode(true);
  bar.querySelector("[data-go]").addEventListener("click", go);
  bar.querySelector("[data-give-up]").addEventListener("click", giveUp);
  foot.prepend(bar);
  log.querySelectorAll(".msg[data-number]").forEach(offer);
  watch.observe(log, { childList: true });
  tick(first, true);
  log.querySelector(`#m${first} .chosen`)?.focus();
  return null;
}

function offer(node) {
  if (node.querySelector(".chosen, [data-deleted]")) return;
  const box = Object.assign(document.createElement("input"), { type: "checkbox", className: "chosen" });
  box.ariaLabel = bar.dataset.label;
  box.checked = chosen.has(node.dataset.number);
  box.addEventListener("change", () => tick(node.dataset.number, box.checked));
  node.prepend(box);
}

function tick(number, on) {
  chosen[on ? "add" : "delete"](String(number));
  const box = log.querySelector(`#m${number} .chosen`);
  if (box) box.checked = on;
  bar.querySelector("[data-count]").textContent = chosen.size;
  bar.querySelector("[data-go]").disabled = !chosen.size;
}

function go() {
  const numbers = [...chosen].map((number) => `message=${number}`).join("&");
  location.assign(`/chat/${room}/keep/?go=1&${numbers}`);
}

function giveUp() {
  watch.disconnect();
  log.querySelectorAll(".chosen").forEach((box) => box.remove());
  bar.remove();
  bar = null;
  chosen = new Set();
}

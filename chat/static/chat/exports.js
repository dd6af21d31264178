/** How far an export is: while one is being made and somebody looks, the list is fetched anew, ever more seldom. */

import { partsOf } from "./parts.js";

const LONGEST = 30_000;
const section = document.querySelector("[data-exports]");
const running = () => section.querySelector("[data-running]");
let pause = 1500;

if (running() && document.body.dataset.saver === undefined) look();

function look() {
  if (document.hidden) document.addEventListener("visibilitychange", look, { once: true });
  else setTimeout(renew, (pause = Math.min(LONGEST, pause * 1.5)));
}

async function renew() {
  const made = await partsOf(location.href).catch(() => null);
  const list = made?.querySelector("[data-exports] .rows");
  if (list) section.querySelector(".rows").replaceWith(list);
  if (running()) look();
  else finish();
}

/** Said once; the numbers before it are only seen. */
function finish() {
  const said = section.querySelector("[role=status]");
  said.textContent = said.dataset.done;
  section.querySelector("[name=export]")?.removeAttribute("disabled");
}

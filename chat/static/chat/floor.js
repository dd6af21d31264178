/** What a room no longer keeps leaves the screen. */

/** Take everything up to number `floor` away; `store` holds nothing of it any more. */
export function drop(store, floor) {
  for (const node of document.querySelectorAll(".log .msg[data-number]")) {
    if (Number(node.dataset.number) <= floor) node.remove();
  }
  store.first = Math.max(store.first, floor + 1);
  document.querySelectorAll(".log .divider").forEach((line) => !line.nextElementSibling?.matches(".msg") && line.remove());
  if (store.first <= floor + 1) document.querySelector("[data-earlier]")?.remove();
}

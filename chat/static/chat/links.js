/** The link of a message: copied where the browser lets a page copy, followed everywhere else. */

import { say } from "./words.js";

export function copyLinks(log) {
  if (!navigator.clipboard) return;
  log.addEventListener("click", (event) => {
    const link = event.target.closest("[data-copy-link]");
    if (!link) return;
    event.preventDefault();
    navigator.clipboard.writeText(link.href).then(
      () => (link.querySelector("span").textContent = say("copied")),
      () => location.assign(link.href),
    );
  });
}

/** “Message deleted. Undo”: above the field for ten seconds, spoken, and with the focus, so that Enter undoes. */

const WHILE = 10_000;
const place = document.createElement("div");
place.className = "toasts";
place.setAttribute("role", "status");
document.querySelector(".room-foot").prepend(place);

/** Say that message `id` is deleted; `undo()` brings it back. `shape` is the toast. */
export function offer(shape, id, undo) {
  const toast = shape.firstElementChild.cloneNode(true);
  const button = toast.querySelector("button");
  const timer = setTimeout(() => leave(toast, id), WHILE);
  button.addEventListener("click", async () => {
    clearTimeout(timer);
    button.disabled = true;
    const said = toast.querySelector("[data-said]");
    said.textContent = await undo().then(() => said.dataset.said, ({ detail }) => detail || said.textContent);
    leave(toast, id, button);
  });
  place.append(toast);
  button.focus();
}

/** What was said stays to be read a moment; whoever had the focus there goes on at the message. */
function leave(toast, id, button = toast.querySelector("button")) {
  const held = button === document.activeElement || button.disabled;
  button.remove();
  if (held) document.querySelector(`#${id} [data-more]`)?.focus({ preventScroll: true });
  setTimeout(() => toast.remove(), WHILE / 2);
}

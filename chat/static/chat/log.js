/** The messages on screen, in the order of their numbers, with days between them and own unsent words at the end. */

import { articleOf, mark, pendingArticle } from "./message.js";
import { dayLabel, dayOf, say } from "./words.js";

const RUN = 10 * 60 * 1000;
const log = document.querySelector(".log");

/** Put stored messages where they belong; one that stands there already is replaced. */
export function put(messages) {
  for (const message of messages) {
    const node = articleOf(message);
    const old = document.getElementById(node.id) ?? pending(message.client_id);
    if (old?.dataset.number) replace(old, node);
    else {
      if (old) remove(old);
      place(node);
    }
    arrange(node);
    arrange(after(node));
    if (old?.dataset.number) log.querySelectorAll(`[data-quote="${message.number}"]`).forEach(quoteAnew);
  }
}

/** What one does to a message comes with the first click that wants it: most only read. Where it cannot be fetched,
 *  the link and the button do what they do without a script. */
export function offerVerbs() {
  log.addEventListener("click", (event) => {
    const time = event.target.closest(".when a");
    if (time) import("./copy.js").then(({ copyLink }) => copyLink(time), () => null);
    const pressed = event.target.closest("[data-more], button.sign, [data-picture]");
    if (!pressed || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const plainly = () => (pressed.href ? location.assign(pressed.href) : pressed.form.requestSubmit(pressed));
    if (pressed.matches("[data-picture]")) import("./viewer.js").then(({ look }) => look(pressed), plainly);
    else import("./verbs.js").then(({ take }) => take(pressed), plainly);
  });
}

/** Show own words that are on their way. */
export function putPending(item, author) {
  if (pending(item.client_id)) return;
  const node = pendingArticle(item, author);
  log.append(node);
  arrange(node);
}

/** Show how far own words have come; `sentence` says why not further. */
export function markPending(id, state, sentence) {
  const node = pending(id);
  if (node) mark(node, state, sentence);
}

/** Take own words off the screen again. */
export function dropPending(id) {
  const node = pending(id);
  if (node) remove(node);
}

/** Forget every message; what is not sent yet stays. */
export function clear() {
  log.querySelectorAll(".msg[data-number], .divider").forEach((node) => node.remove());
}

/** Draw without having a screen reader read it all out. */
export function quietly(draw) {
  log.ariaLive = "off";
  draw();
  requestAnimationFrame(() => {
    log.ariaLive = "polite";
  });
}

const quoteAnew = (link) => import("./quote.js").then(({ fill }) => fill(link), () => null);

/** Whoever stands on a message with the keyboard stands on it still when it is drawn anew. */
function replace(old, node) {
  const held = old.contains(document.activeElement);
  const replies = old.querySelector(".thread");
  if (replies) node.querySelector(".text").append(replies);
  old.replaceWith(node);
  if (held) node.querySelector("[data-more]").focus({ preventScroll: true });
}

const pending = (id) => id && log.querySelector(`.msg[data-client="${CSS.escape(id)}"]`);

function remove(node) {
  const next = after(node);
  if (node.previousElementSibling?.matches(".divider")) node.previousElementSibling.remove();
  node.remove();
  arrange(next);
}

function place(node) {
  const number = Number(node.dataset.number);
  let next = null;
  for (let other = log.lastElementChild; other; other = other.previousElementSibling) {
    if (!other.matches(".msg")) continue;
    if (other.dataset.number && Number(other.dataset.number) < number) break;
    next = other;
  }
  const divider = next?.previousElementSibling;
  log.insertBefore(node, divider?.matches(".divider") ? divider : next);
}

/** Give a message its day above it, and its author's name unless it continues a run. */
function arrange(node) {
  if (!node) return;
  const before = neighbour(node, "previousElementSibling");
  const moment = momentOf(node);
  const divider = node.previousElementSibling?.matches(".divider") ? node.previousElementSibling : null;
  const newDay = !before || dayOf(momentOf(before)) !== dayOf(moment);
  if (newDay && !divider) node.before(dividerOf(moment));
  if (!newDay && divider) divider.matches(".divider-unread") ? divider.querySelector("b")?.remove() : divider.remove();
  const near = before && before.dataset.author === node.dataset.author && moment - momentOf(before) <= RUN;
  node.classList.toggle("msg-more", Boolean(near && !newDay && !node.previousElementSibling?.matches(".divider")));
}

function dividerOf(moment) {
  const made = document.createElement("h2");
  const label = made.appendChild(document.createElement("b"));
  made.className = "divider";
  label.textContent = dayLabel(moment);
  return made;
}

const momentOf = (node) => new Date(node.querySelector("time").dateTime);
const after = (node) => neighbour(node, "nextElementSibling");

function neighbour(node, way) {
  let other = node[way];
  while (other && !other.matches(".msg")) other = other[way];
  return other;
}

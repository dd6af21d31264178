/** The list of rooms: counts, last words, and the sums in the tab's title and on the door. */

import { say, shortTime } from "./words.js";

const title = document.title;
const template = document.getElementById("talk-room").content.firstElementChild;
const door = document.querySelector(`.door[href="${document.getElementById("talk").dataset.home}"]`);
const links = () => [...document.querySelectorAll(".room-link")];

/** The line of `room`, if it is there. */
export const linkOf = (room) => document.querySelector(`.room-link[data-room="${Number(room)}"]`);

/** The ids of all rooms in the list. */
export const listed = () => links().map((link) => Number(link.dataset.room));

/** True when one of these versions is newer than the list. */
export const behind = (heads) => Object.entries(heads).some(([room, version]) => version > linkOf(room)?.dataset.version);

/** How many messages stand in `room`, and up to which one is read. */
export const numbersOf = (room) => {
  const { count = 0, read = 0 } = linkOf(room)?.dataset ?? {};
  return { count: Number(count), read: Number(read) };
};

/** Take what became known of a room: its `version`, the `count` of its messages, `read` up to where, its `last` message,
 *  how many `calls` of the reader came to it; or how many of the unread ones are `mentions` of the reader. */
export function note(room, { version, count, read, last, calls = 0, mentions }) {
  const link = linkOf(room);
  if (!link) return;
  if (version !== undefined) link.dataset.version = version;
  if (count !== undefined) link.dataset.count = Math.max(count, link.dataset.count);
  if (read !== undefined) link.dataset.read = read;
  link.dataset.mentions = (mentions ?? Number(link.dataset.mentions ?? 0)) + calls;
  if (last) showLast(link, last);
  draw(link);
  sum();
}

function unreadOf({ dataset }) {
  return Math.max(0, dataset.count - dataset.read);
}

function draw(link) {
  const unread = unreadOf(link);
  link.classList.toggle("unread", unread > 0);
  if (unread === 0) link.dataset.mentions = 0;
  link.querySelector(".count-calls").hidden = link.dataset.mentions === "0";
  link.querySelector(".calls-number").textContent = link.dataset.mentions;
  link.querySelector(".count").hidden = unread === 0;
  link.querySelector(".count-number").textContent = unread;
  link.href = link.href.replace(/#.*/, unread ? "#unread" : "#latest");
}

function showLast(link, { author, body, language, posted_at: posted }) {
  const last = link.querySelector(".room-last");
  const text = (body ?? "").split(/\s+/).join(" ");
  last.textContent = `${(author.name ?? say("former")).split(" ")[0]}: ${text.length > 80 ? `${text.slice(0, 79)}…` : text}`;
  last.lang = language ?? "";
  link.querySelector(".room-when").textContent = shortTime(new Date(posted));
}

/** How much is unread in all, in the title and on the door. */
export function sum() {
  const total = links().reduce((sofar, link) => sofar + unreadOf(link), 0);
  document.title = total ? `(${total}) ${title}` : title;
  let count = door?.querySelector(".count");
  if (!count && door && total) {
    count = template.querySelector(".count").cloneNode(true);
    count.hidden = false;
    door.append(count);
  }
  if (!count) return;
  count.hidden = total === 0;
  count.firstChild.textContent = total;
}

sum();

/** The list of rooms as rooms open, are called otherwise, are archived, and go. Fetched when the first of it happens. */

import { linkOf, note, sum } from "./rooms.js";
import { say } from "./words.js";

const template = document.getElementById("talk-room").content.firstElementChild;

/** A room that opened, or stands elsewhere or is called otherwise now. */
export function noteRoom({ id, name, kind, archived, version, message_count: count, last_read_number: read, mentions }) {
  const link = linkOf(id) ?? lineOf(id);
  const [item, place] = [link.closest("li"), archived ? "archived" : kind];
  const group = item.closest(".room-group");
  if (!group?.matches(`[data-kinds~="favourite"], [data-kinds~="${place}"]`)) {
    groupFor(place).querySelector("ul").append(item);
    tidy(group);
  }
  link.querySelector(".room-name").textContent = name;
  note(id, { version, count, read, mentions });
}

/** A room that is no longer this person's. */
export function dropRoom(room) {
  const item = linkOf(room)?.closest("li");
  const group = item?.closest(".room-group");
  item?.remove();
  tidy(group);
  sum();
}

function lineOf(id) {
  const link = template.cloneNode(true).querySelector("a");
  link.dataset.room = id;
  link.href = link.getAttribute("href").replace("0", id);
  return link;
}

/** Where it stands: what is archived comes last, under a heading of its own; else where its like stand, or at the top. */
function groupFor(kinds) {
  const groups = document.querySelectorAll(".room-group");
  const found = [...groups].find((group) => group.matches(`[data-kinds~="${kinds}"]`));
  if (found || kinds !== "archived") return found ?? groups[0];
  const made = groups[0].cloneNode();
  made.dataset.kinds = kinds;
  made.append(document.createElement("h2"), Object.assign(document.createElement("ul"), { className: "plain" }));
  made.firstChild.textContent = say(kinds);
  [...groups].at(-1).after(made);
  return made;
}

function tidy(group) {
  if (group && !group.querySelector("li")) group.remove();
}

/** “3 replies, last 14:02” under the message that began a thread, kept as answers come. */

import { pageOf } from "./beside.js";
import { say, shortTime } from "./words.js";

const on = (number) => document.getElementById(`m${number}`);

/** Count answers that came: `messages` as every transport shows them, each once whatever comes again. */
export function countReplies(messages) {
  for (const { thread, number, posted_at: at } of messages) {
    const root = thread && on(thread);
    if (!root) continue;
    const { replies = 0, last = 0 } = root.querySelector(".thread")?.dataset ?? {};
    if (number > last) write(root, thread, { replies: Number(replies) + 1, last: number, last_at: at });
  }
}

/** What a page of history says of the threads on it (`threads` of the answer). */
export function noteReplies(threads = {}) {
  for (const [root, facts] of Object.entries(threads)) if (on(root)) write(on(root), root, facts);
}

function write(root, number, { replies, last, last_at: at }) {
  const link = root.querySelector(".thread") ?? root.querySelector(".text").appendChild(document.createElement("a"));
  const when = document.createElement("small");
  const [before, after] = say("last", { time: "\0" }).split("\0");
  const time = Object.assign(document.createElement("time"), { dateTime: at, textContent: shortTime(new Date(at)) });
  Object.assign(link, { className: "thread", href: `${pageOf(number)}thread/`, lang: document.documentElement.lang });
  Object.assign(link.dataset, { replies, last });
  when.append(before, time, after);
  link.replaceChildren(say("replies", { n: replies }), " ", when);
}

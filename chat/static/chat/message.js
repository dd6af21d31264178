/** How one message looks: the same article as `templates/chat/_line.html`, cloned from the page's template. */

import { pageOf } from "./beside.js";
import { nodesOf } from "./clean.js";
import { say, timeOf } from "./words.js";

const template = document.getElementById("talk-message").content.firstElementChild;
const states = document.getElementById("talk-states").content;
const { user } = document.getElementById("talk").dataset;
const { mine: seats = "" } = document.querySelector("[data-talk]").dataset;
const mine = seats.split(" ");

/** The article of a stored message, as every transport shows it. */
export function articleOf(message) {
  const node = blank({ ...message.author, name: message.author.name ?? say("former") }, message.posted_at);
  node.id = `m${message.number}`;
  Object.assign(node.dataset, { number: message.number, id: message.id });
  node.querySelector(".when a").href = `#${node.id}`;
  node.querySelector("[data-more]").href = pageOf(message.number);
  node.classList.toggle("msg-calls", callsMe(message));
  node.querySelector(".text").append(...callOf(message), ...quoteIn(message), ...textOf(message), ...filesIn(message), ...marksOf(message));
  if (message.language && !message.deleted) node.querySelector(".text").lang = message.language;
  if (node.dataset.author === user) mark(node, "stored");
  if (message.note && message.language !== document.documentElement.lang) import("./note.js").then(({ reword }) => reword(node, message.number)).catch(() => null);
  if (message.question) import("./question.js").then(({ fill }) => fill(node), () => null);
  return node;
}

/** True when a message mentions the reader, by name or as one of a group. */
export function callsMe({ mentions, author }) {
  if (!mentions || String(author.id) === user) return false;
  const { people = [], functions = [], bodies = [], all } = mentions;
  return all || people.includes(Number(user)) || [...functions, ...bodies].some((one) => mine.includes(one));
}

/** The article of a message that is still on its way. */
export function pendingArticle(item, author) {
  const node = blank(author, item.written_at);
  node.dataset.client = item.client_id;
  node.querySelector(".msg-tools").remove();
  node.querySelector(".text").append(...quoteIn(item), ...textOf(item), ...filesIn(item));
  return node;
}

/** Show how far an own message has come: `queued`, `sent`, `stored`, `refused`, `held`. */
export function mark(node, state, sentence = "") {
  node.classList.toggle("msg-queued", state === "queued");
  node.querySelectorAll(".state").forEach((old) => old.remove());
  const sign = states.querySelector(`[data-state="${state}"]`).cloneNode(true);
  if (sentence) sign.querySelector("[data-sentence]").textContent = sentence;
  node.querySelector(state === "stored" ? ".when" : ".text").append(sign);
}

function blank(author, written) {
  const node = template.cloneNode(true);
  const moment = new Date(written);
  node.dataset.author = author.id;
  node.querySelector(".avatar").textContent = initials(author.name);
  node.querySelector(".avatar").classList.add(`tone-${(author.id % 6) + 1}`);
  node.querySelector(".who b").textContent = String(author.id) === user ? say("you") : author.name;
  node.querySelector(".who span").textContent = author.organisation ?? "";
  node.querySelector("time").dateTime = written;
  node.querySelector("time").textContent = timeOf(moment);
  return node;
}

function textOf({ body, html, deleted, removed, note }) {
  if (html && !deleted) return nodesOf(html);
  if (!body && !deleted) return [];
  const said = document.createElement("p");
  said.className = deleted || note ? "note" : "said";
  said.toggleAttribute("data-deleted", Boolean(deleted));
  said.textContent = deleted ? say(removed ? "removed" : "deleted") : body;
  return [said];
}

/** Its files; how they look comes a moment later. */
function filesIn({ attachments, deleted }) {
  if (!attachments || deleted) return [];
  const list = Object.assign(document.createElement("ul"), { className: "plain files" });
  import("./files.js").then(({ fill }) => fill(list, attachments), () => null);
  return [list];
}

/** That the reader is mentioned, in words. */
function callOf(message) {
  if (!callsMe(message)) return [];
  const line = document.createElement("p");
  line.className = "calls";
  line.lang = document.documentElement.lang;
  line.textContent = say("calls");
  return [line];
}

/** The words that it answers; they come a moment later. */
function quoteIn({ reply_to: number, deleted }) {
  if (!number || deleted) return [];
  const link = Object.assign(document.createElement("a"), { className: "quote", textContent: "…" });
  link.dataset.quote = number;
  import("./quote.js").then(({ fill }) => fill(link), () => null);
  return [link];
}

/** What became of it: signs with their counts, pinned, edited. */
function marksOf({ number, reactions = [], pinned, kept, edited_at: edited }) {
  const said = [...(pinned ? [["span", say("pinned")]] : []), ...(kept ? [["a", say("kept"), `${number}/#kept`]] : []), ...(edited ? [["a", say("edited"), `${pageOf(number)}history/`]] : [])];
  if (!said.length && !reactions.length) return [];
  const line = document.createElement("p");
  line.className = "note marks";
  line.lang = document.documentElement.lang;
  line.append(...said.map(([tag, text, href]) => Object.assign(document.createElement(tag), { textContent: text, href })));
  line.firstChild?.toggleAttribute("data-pinned", Boolean(pinned));
  if (reactions.length) import("./signs.js").then(({ fill }) => fill(line, reactions, number), () => null);
  return [line];
}

function initials(name) {
  const parts = name.split(/\s+/).filter(Boolean);
  const ends = parts.length > 1 ? [parts[0], parts.at(-1)] : parts;
  return ends.map((part) => [...part][0]).join("").toUpperCase();
}

/** The few words of an earlier message above its answer: from the message on the page, else fetched by its number. */

import { get } from "./api.js";
import { nodesOf } from "./clean.js";
import { say } from "./words.js";

const LONGEST = 140;
const { room } = document.querySelector("[data-talk]").dataset;
const { user } = document.getElementById("talk").dataset;
const plain = (nodes) => nodes.map((node) => node.textContent.trim().replace(/\s+/g, " ")).join(" ");

/** Write into a quote what its message says now. */
export async function fill(link) {
  link.replaceWith(await blockOf(Number(link.dataset.quote)));
}

/** The quote of message `number`, whole. */
export async function blockOf(number) {
  const near = document.getElementById(`m${number}`);
  const { who, words, language } = near ? onPage(near) : await fetched(number);
  const [made, name, said] = ["a", "b", "span"].map((tag) => document.createElement(tag));
  made.className = "quote";
  made.lang = document.documentElement.lang;
  made.dataset.quote = number;
  made.href = near ? `#m${number}` : `?around=${number}#m${number}`;
  name.textContent = who && `${who}:`;
  said.textContent = words.length > LONGEST ? `${words.slice(0, LONGEST - 1)}…` : words;
  said.lang = language;
  made.append(name, " ", said);
  return made;
}

function onPage(article) {
  const text = article.querySelector(".text");
  const said = [...text.children].filter((part) => !part.matches(".quote, .calls, .marks, .state, .thread"));
  return { who: article.querySelector(".who b").textContent, words: plain(said), language: text.lang };
}

async function fetched(number) {
  const page = await get(`rooms/${room}/messages/?around=${number}&limit=1`).catch(() => null);
  const message = page?.messages[0];
  if (!message) return { who: "", words: "…", language: "" };
  const { author, body = "", html, deleted, language = "" } = message;
  const who = String(author.id) === user ? say("you") : author.name ?? say("former");
  return { who, words: deleted ? say("deleted") : html ? plain(nodesOf(html)) : body, language };
}

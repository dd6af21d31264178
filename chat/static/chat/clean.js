/**
 * A message's HTML as nodes. The server has cleaned it already; here only what chat may contain is built anew, so that
 * nothing else can come into the page whatever the transport brings. Parsing needs a Trusted Types policy; this one is
 * the only one that the Content-Security-Policy allows, it stays inside this module, and what it parses is inert.
 */

import { fullTime } from "./words.js";

const policy = globalThis.trustedTypes?.createPolicy("exchange-message", { createHTML: (html) => html });

const ALLOWED = new Set(
  "A B BLOCKQUOTE BR CODE DEL EM HR I LI OL P PRE S STRONG TABLE TBODY TD TH THEAD TIME TR UL".split(" "),
);
const SAFE = /^(https?:|mailto:|tel:)/i;

/** Nodes of a message's `html`. */
export function nodesOf(html) {
  const parsed = new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, "text/html");
  return [...parsed.body.childNodes].flatMap(copy);
}

function copy(node) {
  if (node.nodeType === Node.TEXT_NODE) return [document.createTextNode(node.data)];
  if (!ALLOWED.has(node.nodeName)) return [];
  const made = document.createElement(node.nodeName);
  if (node.nodeName === "A" && SAFE.test(node.getAttribute("href") ?? "")) {
    made.href = node.getAttribute("href");
    made.rel = "noopener noreferrer nofollow";
  }
  if (node.nodeName === "B" && node.className === "mention") made.className = "mention";
  if (node.nodeName === "OL" && node.hasAttribute("start")) made.start = node.start;
  if (node.nodeName === "TIME" && Date.parse(node.dateTime)) {
    Object.assign(made, { dateTime: node.dateTime, title: node.textContent, textContent: fullTime(new Date(node.dateTime)) });
    return [made];
  }
  made.append(...[...node.childNodes].flatMap(copy));
  return [made];
}

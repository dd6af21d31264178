/**
 * Signing out: words of this person that nobody has yet are asked about, then nothing of theirs stays in the browser.
 * What it keeps for somebody else (a shared telephone) is theirs, and stays. Without this script the server has the
 * browser forget everything.
 */

import { all, drop } from "../chat/shelf.js";

const { person } = document.body.dataset;
const ROOMS = `exchange.${person}.draft.`;
const OWN = new RegExp(`^exchange[.-]${person}[.-]`);
const DRAFT = new RegExp(`^exchange(-${person}-|\\.${person}\\.draft\\.)`);
const SOMEBODYS = /^exchange[.-]\d+[.-]/;
const ENOUGH = 140;
const dialog = document.querySelector("[data-leaving]");
const deeds = { send: sendAll, keep: keepAll, discard: async () => true };

for (const form of document.querySelectorAll("[data-leave]")) form.addEventListener("submit", leave);

async function leave(event) {
  const form = event.target;
  event.preventDefault();
  const unsent = (await all(person)) ?? [];
  const typed = Object.keys(localStorage).filter((key) => DRAFT.test(key));
  const choice = unsent.length || typed.length ? await ask(unsent, typed) : "discard";
  if (!choice || !(await deeds[choice](unsent))) return;
  await wipe(choice !== "discard");
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "wiped", value: "yes" }));
  form.submit();
}

/** What is to become of the words: `send`, `keep`, `discard`, or nothing where one rather stays. */
function ask(unsent, typed) {
  const texts = [...unsent.map(({ body }) => body), ...typed.map((key) => JSON.parse(localStorage[key]))];
  dialog.querySelector("ul").replaceChildren(...texts.map(line));
  dialog.querySelector("[value=send]").hidden = !unsent.length;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
  });
}

/** A message, or the fields of a form, as far as one needs to know them again. */
function line(words) {
  const text = typeof words === "string" ? words : Object.values(words).flat().filter((word) => typeof word === "string").join(" ");
  return Object.assign(document.createElement("li"), { className: "quote", textContent: text.slice(0, ENOUGH) });
}

/** One after the other, as they were written; true when all are stored. */
async function sendAll(unsent) {
  for (const { order, room, user, ...post } of unsent) {
    const answer = await fetch(`${dialog.dataset.api}${room}/messages/`, request(post)).catch(() => null);
    if (!answer?.ok) return fail(answer);
    await drop(order);
  }
  return true;
}

function request(post) {
  const token = dialog.querySelector("[name=csrfmiddlewaretoken]").value;
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token, "X-Person": person };
  return { method: "POST", headers, body: JSON.stringify(post) };
}

/** Nobody is signed out while words wait: why they do is said, and one chooses anew. */
async function fail(answer) {
  const { detail } = (await answer?.json().catch(() => null)) ?? {};
  const said = document.querySelector("[data-leaving-failed]");
  said.hidden = false;
  said.querySelector("span").textContent = detail || said.dataset.words;
  said.focus();
  return false;
}

/** What waits stands in its room's field again, behind what was typed there. */
async function keepAll(unsent) {
  for (const { order, room, body } of unsent) {
    const key = ROOMS + room;
    const typed = JSON.parse(localStorage.getItem(key) ?? '""');
    localStorage.setItem(key, JSON.stringify([typed, body].filter(Boolean).join("\n\n")));
    await drop(order);
  }
  return true;
}

async function wipe(sparesDrafts) {
  const stays = (key) => (SOMEBODYS.test(key) && !OWN.test(key)) || (sparesDrafts && DRAFT.test(key));
  for (const key of Object.keys(localStorage)) if (!stays(key)) localStorage.removeItem(key);
  sessionStorage.clear();
  delete document.body.dataset.person;
  for (const { order } of (await all(person)) ?? []) await drop(order);
  for (const name of (await globalThis.caches?.keys()) ?? []) if (!stays(`${name}.`)) await caches.delete(name);
  for (const worker of (await navigator.serviceWorker?.getRegistrations()) ?? []) await worker.unregister();
}

/**
 * What of Talk can be read without a connection. The service worker keeps the page as it was sent; here the styles and
 * scripts that it needs are named to it, and what comes live is kept beside the page, as a change that follows it.
 */

import { register } from "../notifications/worker.js";

const MOST = 200;
const OFTEN = 2000;
const PATIENCE = 10_000;
const { user, home } = document.getElementById("talk").dataset;
const messages = new Map();
let timer = null;
let written = 0;
let due;
let asked;

/** Have this page kept, as far as it is a room's or the list's newest; over when that is done. */
export const keepPage = () => (asked ??= askToKeep().catch(() => null));

async function askToKeep() {
  if (!navigator.serviceWorker || location.search) return;
  const { active } = await register();
  const { port1, port2 } = new MessageChannel();
  const files = performance.getEntriesByType("resource").map(({ name }) => name);
  active.postMessage({ keep: location.pathname, files: files.filter((name) => name.startsWith(`${location.origin}/static/`)) }, [port2]);
  await new Promise((resolve) => {
    port1.onmessage = resolve;
    setTimeout(resolve, PATIENCE);
  });
}

/** Keep what came to the open `room` since its page was made, up to `version`: each message once, as it is now. */
export function keepNews(room, version, news) {
  for (const message of news.filter(Boolean)) {
    messages.delete(message.id);
    messages.set(message.id, message);
  }
  due = { room, version };
  timer ??= setTimeout(write, Date.now() - written > OFTEN ? 0 : OFTEN);
}

/** Whoever leaves the page may not come back to it. */
document.addEventListener("visibilitychange", () => document.hidden && timer && write());

async function write() {
  const { room, version } = due;
  clearTimeout(timer);
  timer = null;
  written = Date.now();
  const cache = await pages();
  const stands = () => cache?.match(`${home}${room}/`);
  if (!(await stands())) await keepPage();
  if (!(await stands())) return;
  const whole = messages.size <= MOST;
  const text = JSON.stringify({ version, whole, messages: whole ? [...messages.values()] : newest() });
  const headers = { "X-Kept": new Date().toISOString(), "X-Bytes": String(text.length) };
  await cache.put(`${home}${room}/news`, new Response(text, { headers }));
}

/** Too many to keep: the last ones, without a hole between them. */
function newest() {
  const sorted = [...messages.values()].sort((one, other) => other.number - one.number).slice(0, MOST);
  const hole = sorted.findIndex(({ number }, place) => number !== sorted[0].number - place);
  return (hole < 0 ? sorted : sorted.slice(0, hole)).reverse();
}

/** Nothing of this room stays. */
export async function forget(room) {
  const cache = await pages();
  for (const what of ["", "news"]) await cache?.delete(`${home}${room}/${what}`);
}

/** On a page that comes from here: draw what came after it, and say until when that was. */
export async function showKept(room, heard) {
  const found = await (await pages())?.match(`${home}${room.id}/news`);
  if (!found) return;
  const { version, whole, messages: news } = await found.json();
  room.replay(news, version, whole);
  heard(new Date(found.headers.get("X-Kept")));
}

const pages = () => globalThis.caches?.open(`exchange.${user}`);

/** The live client of Talk: a list of rooms, and on a room's page the room. What comes in is given to who draws it. */

import { get, put as putTo } from "./api.js";
import { Connection } from "../realtime/connection.js";
import { Outbox } from "./outbox.js";
import { behind, listed, note, numbersOf } from "./rooms.js";
import { freshNow, heardAt, showState, showWaiting } from "./status.js";

const OVERDUE = 20_000;
const STAYS = 2000;
const TYPING_PAUSE = 4000;

const { socket, saver, user } = document.getElementById("talk").dataset;
const here = document.querySelector("[data-talk]");
let live = false;
let keeping = false;
let typed = 0;
const outbox = new Outbox(send);
outbox.changed = () => showWaiting(outbox.waiting);
const room = here && (await opening({ outbox, ask, tell, type }));

const connection = new Connection({
  url: socket,
  person: Number(user),
  hello: () => ({ type: "hello", have: room ? { [room.id]: room.version } : {}, count: others() }),
  hear,
  turn(state, fails) {
    live = state === "live";
    room?.turn(state, fails);
    if (!room) showState(state);
    outbox.line(live || Boolean(room?.polling));
    if (live) keep();
  },
});

document.querySelector("[data-filter] input")?.addEventListener("input", ({ target }) => import("./filter.js").then(({ narrow }) => narrow(target), () => null));
document.addEventListener("exchange:frame", ({ detail: { type, thread } }) => (type === "notice" || (type === "read" && thread)) && counts());
connection.open();
if (document.body.dataset.kept) showKept();

/** The page's own room, or the thread of it that the page shows. */
async function opening(ways) {
  if (here.dataset.thread) return new (await import("./thread.js")).OpenThread(ways);
  return new (await import("./room.js")).OpenRoom(ways);
}

/** Whoever stays is helped to read without a connection: a page that the service worker has not kept by itself, as it
 *  does once it leads the browser, is kept now; what comes live stands beside it. */
function keep() {
  if (!keeping && navigator.serviceWorker && !location.search && !here?.dataset.thread) setTimeout(keepMissing, STAYS);
  keeping = true;
}

async function keepMissing() {
  if (!(await caches.match(location.pathname, { cacheName: `exchange.${user}` }))) keeper(({ keepPage }) => keepPage());
}

/** In a followed thread something was said or read. */
function counts() {
  if (document.querySelector("[data-threads]")) import("./threads.js").then(({ recount }) => recount(), () => null);
}

/** The list changes: rooms come, go, and stand elsewhere. */
function listing(act) {
  return import("./listing.js").then(act, () => null);
}

function keeper(act) {
  import("./keeping.js").then(act, () => null);
}

/** The page itself comes from this browser. */
function showKept() {
  heardAt(new Date(document.body.dataset.kept));
  if (room) keeper((kept) => kept.showKept(room, heardAt));
}

function others() {
  return listed().filter((id) => id !== room?.id);
}

function hear(frame) {
  if (room && ((frame.room?.id ?? frame.room) === room.id || frame.client_id || frame.type === "welcome" || frame.type === "beat")) {
    room.hear(frame);
    if (keeping && !here.dataset.thread && (frame.message || frame.messages?.length)) {
      keeper(({ keepNews }) => keepNews(room.id, room.version, frame.messages ?? [frame.message]));
    }
  }
  if (frame.type === "head") head(frame);
  else if ((frame.type === "read" && !frame.thread) || frame.type === "unread") note(frame.room, { read: frame.number });
  else if (frame.type === "gone") lose(frame.room);
  else if (frame.type === "welcome") welcome(frame);
  else if (frame.type === "room") opened(frame.room);
  else if (frame.type === "ack") outbox.stored(frame.client_id);
  else if (frame.type === "error" && frame.client_id) outbox.refuse(frame.client_id, frame);
  else if (frame.type === "beat") beat();
}

function beat() {
  freshNow();
  outbox.again(Date.now() - OVERDUE);
}

/** Nothing of a room that is no longer this person's stays in the browser. */
function lose(id) {
  listing(({ dropRoom }) => dropRoom(id));
  outbox.forget(id);
  keeper(({ forget }) => forget(id));
}

/** The list may have been away for long: what moved meanwhile is asked for once. */
async function welcome({ heads, denied = [] }) {
  denied.forEach(lose);
  if (!behind(heads)) return;
  const { rooms } = await get("rooms/").catch(() => ({ rooms: [] }));
  listing(({ noteRoom }) => rooms.forEach(noteRoom));
}

/** Something was said in a room that is only counted. Its words are fetched, except where every byte counts. */
async function head({ room: id, version, number, mentioned }) {
  if (number === undefined || number <= numbersOf(id).count) return note(id, { version });
  note(id, { version, count: number, calls: mentioned ? 1 : 0 });
  if (saver !== undefined) return;
  const page = await get(`rooms/${id}/messages/?after=${number - 1}&limit=1`).catch(() => null);
  if (page?.messages.length) note(id, { last: page.messages[0] });
}

function opened(news) {
  const known = listed().includes(news.id);
  listing(({ noteRoom }) => noteRoom(news));
  if (!known && news.id !== room?.id) connection.send({ type: "watch", have: {}, count: [news.id] });
}

/** A message to store: by the socket, or while that is away by HTTP. True when it is on its way. */
function send(item) {
  if (live) return connection.send({ type: "post", ...item });
  if (!room?.polling) return false;
  room.poll.post(item).then(hear);
  return true;
}

/** Ask the open room's changes. */
function ask(since) {
  connection.send({ type: "changes", room: room.id, since });
}

/** The person types: told at most once in four seconds, and only where that is shown. */
function type() {
  if (!live || here.dataset.typing === undefined || Date.now() - typed < TYPING_PAUSE) return;
  typed = Date.now();
  connection.send({ type: "typing", room: room.id });
}

/** How far the person has read in the room, or in one `thread` of it. */
function tell(number, thread) {
  const marker = thread ? { number, thread } : { number };
  if (live) connection.send({ type: "read", room: room.id, ...marker });
  else putTo(`rooms/${room.id}/read/`, marker).catch(() => null);
}

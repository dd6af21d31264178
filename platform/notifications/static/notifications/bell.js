/**
 * The bell in the bar of every page. It follows the frames of the page's one socket: that of Talk where Talk is open,
 * otherwise one of its own, when the page is seen and has nothing else to do, and never under data saver.
 */

import "../realtime/meter.js";

const { socket, count: address } = document.querySelector("[data-bell]").dataset;
const count = document.querySelector("[data-bell] .count");
const number = count.querySelector("[data-number]");
const talk = document.getElementById("talk");
const title = document.title;
const MOST = 99;
let welcomed = !talk;

/** The page came with its number. In Talk the first `welcome` follows moments later; elsewhere it may take its time. */
document.addEventListener("exchange:frame", ({ detail: { type } }) => {
  if (type === "notice" || (type === "welcome" && welcomed)) ask();
  welcomed ||= type === "welcome";
});
addEventListener("pageshow", ({ persisted }) => persisted && ask());
if (!talk && document.body.dataset.saver === undefined) whenSeen(() => whenIdle(connect));
show(Number(count.dataset.new));

/** In Talk the tab's title counts messages, which holds what the bell has of them. */
function show(news) {
  number.textContent = news > MOST ? `${MOST}+` : news;
  count.hidden = news === 0;
  if (!talk) document.title = news ? `(${number.textContent}) ${title}` : title;
}

/** How much is new now: something was seen elsewhere, or the line was away. */
async function ask() {
  const answer = await fetch(address).catch(() => null);
  if (answer?.ok) show((await answer.json()).new);
}

async function connect() {
  const { Connection } = await import("../realtime/connection.js");
  new Connection({ url: socket, hello: () => ({ type: "hello" }), hear() {}, turn() {} }).open();
}

function whenSeen(act) {
  if (!document.hidden) act();
  else document.addEventListener("visibilitychange", () => whenSeen(act), { once: true });
}

function whenIdle(act) {
  if (globalThis.requestIdleCallback) requestIdleCallback(act);
  else setTimeout(act, 1000);
}

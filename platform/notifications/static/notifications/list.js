/** The list under the bell, live: what comes appears at its top as the server draws it, what was opened is not unread. */

const list = document.querySelector("[data-told]");
const spoken = document.querySelector("[data-spoken]");
const all = document.querySelector("[data-read-all]");
let busy = false;
let again = false;

document.addEventListener("exchange:frame", ({ detail: { type } }) => ["notice", "welcome"].includes(type) && look());
document.addEventListener("visibilitychange", look);
addEventListener("pageshow", ({ persisted }) => persisted && look());

/** Ask once more what there is; one question at a time, and none while nobody sees the page. */
async function look() {
  again = busy;
  if (busy || document.hidden) return;
  busy = true;
  const news = await documentAt(`${list.dataset.news}?${new URLSearchParams(asked())}`);
  busy = false;
  if (news) draw(news);
  if (again) look();
}

function asked() {
  const ids = rows().map((row) => row.id.slice(1));
  return ids.length ? { after: ids[0], from: ids.at(-1) } : {};
}

function draw(news) {
  const unread = new Set(news.querySelector("[data-unread]")?.dataset.unread.split(" "));
  for (const row of rows()) if (!unread.has(row.id.slice(1))) markRead(row);
  const fresh = [...news.querySelectorAll(".told .title")].map((link) => link.textContent);
  if (!fresh.length) return;
  for (const day of [...news.querySelectorAll(".told-day")].reverse()) place(day);
  document.querySelector(".empty")?.remove();
  all.hidden = false;
  all.elements.upto.value = rows()[0].id.slice(1);
  spoken.textContent = fresh.join(". ");
}

/** A day of new lines: above the others, or at the head of the same day. */
function place(day) {
  const same = list.querySelector(`[data-day="${day.dataset.day}"] ul`);
  if (same) same.prepend(...[...day.querySelectorAll(".told")].filter((row) => !document.getElementById(row.id)));
  else list.prepend(day);
}

function markRead(row) {
  row.classList.remove("told-unread");
  row.querySelector(".badge")?.remove();
}

const rows = () => [...list.querySelectorAll(".told")];

/** The nodes of a page, parsed by the browser without running anything. */
function documentAt(address) {
  return new Promise((found) => {
    const request = new XMLHttpRequest();
    request.open("GET", address);
    request.responseType = "document";
    request.onload = () => found(request.status === 200 ? request.response : null);
    request.onerror = () => found(null);
    request.send();
  });
}

/** What one does to a message: the menu behind “More”, and signs pressed on and off. Fetched at the first such click. */

import { answer } from "./answering.js";
import { get, send } from "./api.js";
import { beside, pageOf } from "./beside.js";
import { partsOf } from "./parts.js";

const { room } = document.querySelector("[data-talk]").dataset;
const { user, saver } = document.getElementById("talk").dataset;
if (!("popover" in HTMLElement.prototype)) throw new Error("This browser opens the message's page instead.");

const MOST_NAMED = 8;
const form = document.getElementById("verb");
const parts = await partsOf(form.dataset.parts);
const menu = parts.querySelector(".menu");
const editBar = parts.querySelector("[data-edit-bar]").content;
const undone = parts.querySelector("[data-undo]").content;
const choosing = parts.querySelector("[data-choosing]").content;
const bar = parts.querySelector("[data-bar]").content;
let message = null;
let names = null;

document.body.append(parts);
menu.addEventListener("click", choose);

const EDIT = `edit.${room}`;
const saving = (id) => (body) => send("PATCH", `rooms/${room}/messages/${id}/`, { body });

/** Before a reload a message was being said otherwise: one goes on there. */
export async function goOn([id, body, said]) {
  const { edit } = await import("./editing.js");
  edit({ name: EDIT, facts: id, body, said }, editBar, saving(id));
}

/** What was pressed on a message: one of its signs, or the button that opens the menu. */
export function take(pressed) {
  message = pressed.closest(".msg");
  if (pressed.matches(".sign")) react(pressed.value, pressed.ariaPressed !== "true");
  else open(pressed);
}

/** The menu is as the message is: whose it is, and what stands there already. */
function open(door) {
  const { number, author } = message.dataset;
  const mine = author === user;
  const gone = message.querySelector("[data-deleted]") !== null;
  menu.querySelectorAll("[data-for]").forEach((part) => {
    const wanted = part.dataset.for.split(" ");
    part.hidden = (wanted.includes("words") && gone) || wanted.includes(mine ? "others" : "own");
  });
  menu.querySelectorAll("[data-sign]").forEach((button) => {
    button.ariaPressed = message.querySelector(`.sign[value="${button.value}"]`)?.ariaPressed ?? "false";
  });
  menu.querySelector("[data-verb=copy]").href = `?around=${number}#m${number}`;
  menu.querySelector("[data-verb=thread]").href = `${pageOf(number)}thread/`;
  menu.querySelector("[data-verb=page]").href = pageOf(number);
  menu.querySelector("[data-verb=flag]")?.setAttribute("href", `${pageOf(number)}flag/`);
  menu.querySelector("[data-verb=language]")?.setAttribute("href", `${pageOf(number)}#language`);
  menu.querySelector("[data-verb=remove]")?.setAttribute("href", `${pageOf(number)}#delete`);
  menu.querySelector("[data-verb=unread]").value = number;
  menu.querySelector("[data-verb=copy] span").textContent = menu.querySelector("[data-verb=copy]").dataset.words;
  menu.querySelector("[role=status]").textContent = "";
  menu.querySelector("[data-who]").textContent = "";
  const pin = menu.querySelector("[data-verb=pin] span");
  if (pin) pin.textContent = pinned() ? pin.dataset.off : pin.dataset.on;
  menu.showPopover();
  place(door.getBoundingClientRect());
  menu.querySelector("button:not([hidden]), a").focus();
  nameThem();
}

/** Beside what opened it, inside the window; on a narrow one the style sheet lays it along the bottom. */
function place(at) {
  const { offsetWidth: wide, offsetHeight: high } = menu;
  menu.style.insetInlineStart = `${Math.max(8, at.right - wide)}px`;
  menu.style.insetBlockStart = `${Math.max(8, Math.min(at.bottom + 4, innerHeight - high - 8))}px`;
}

function choose(event) {
  const pressed = event.target.closest("button, a");
  if (!pressed) return;
  if (pressed.dataset.sign !== undefined) react(pressed.value, pressed.ariaPressed !== "true");
  else if (verbs[pressed.dataset.verb]) {
    event.preventDefault();
    const done = verbs[pressed.dataset.verb](pressed);
    if (done === "stay") return;
    done?.catch?.(fail);
  } else return;
  menu.hidePopover();
}

const verbs = {
  reply() {
    answer(Number(message.dataset.number), bar);
  },
  async edit() {
    const { id, number } = message.dataset;
    const { edit } = await import("./editing.js");
    const page = await get(`rooms/${room}/messages/?around=${number}&limit=1`);
    edit({ name: EDIT, facts: id, body: page.messages[0].body }, editBar, saving(id));
  },
  thread(link) {
    if (!beside(link.href)) location.assign(link.href);
  },
  pin() {
    change(pinned() ? "DELETE" : "PUT", "pin/");
  },
  keep() {
    const { number } = message.dataset;
    import("./keep.js").then(({ choose: begin }) => begin(number, choosing), () => location.assign(`keep/?message=${number}`));
  },
  async remove() {
    const node = message;
    const { offer } = await import("./undo.js");
    if (await change("DELETE", "")) offer(undone, node.id, () => send("POST", `rooms/${room}/messages/${node.dataset.id}/undelete/`, {}));
  },
  copy(link) {
    if (!navigator.clipboard) return location.assign(link.href);
    navigator.clipboard.writeText(link.href).then(
      () => (link.querySelector("span").textContent = menu.querySelector("[role=status]").textContent = link.dataset.done),
      () => location.assign(link.href),
    );
    return "stay";
  },
};

const pinned = () => message.querySelector("[data-pinned]") !== null;

async function react(emoji, on) {
  await change(on ? "PUT" : "DELETE", `reactions/${encodeURIComponent(emoji)}/`);
}

/** Over HTTP whatever the socket does; everybody, this page too, hears of it as of any change. */
async function change(method, path, data) {
  const node = message;
  node.ariaBusy = "true";
  try {
    return await send(method, `rooms/${room}/messages/${node.dataset.id}/${path}`, data);
  } catch (failure) {
    fail(failure);
    return null;
  } finally {
    node.ariaBusy = null;
  }
}

function fail({ status, detail }) {
  document.querySelector("[data-spoken]").textContent = status && detail ? detail : menu.dataset.failed;
}

/** Who set the signs, as far as the names are known here: those of the room, fetched once. */
async function nameThem() {
  const signs = [...message.querySelectorAll(".sign")];
  if (!signs.length || saver !== undefined) return;
  const line = menu.querySelector("[data-who]");
  const asked = message;
  names ??= get(`rooms/${room}/people/`).then(({ people }) => new Map(people.map(({ id, name }) => [id, name])));
  const known = await names.catch(() => (names = null));
  if (known && message === asked) line.textContent = signs.map((sign) => whoSet(sign, known)).join("\n");
}

function whoSet(sign, known) {
  const ids = (sign.dataset.users ?? "").split(" ").filter(Boolean);
  const called = ids.map((id) => (id === user ? menu.dataset.you : known.get(Number(id)))).filter(Boolean).slice(0, MOST_NAMED);
  const rest = Number(sign.textContent.match(/\d+$/)) - called.length;
  return `${sign.value} ${[...called, ...(rest > 0 ? [`+${rest}`] : [])].join(", ")}`;
}

/** A thread beside its room, on a wide screen: the page of the thread, in the place of the room's details. */

const details = document.getElementById("details");
const touch = matchMedia("(pointer: coarse)");
const open = new Map();
let shown = null;

/** Show the thread at `address`; `room` tells of what comes, `outbox` sends, `tell` says how far one has
 *  read, `articleOf` draws a message. */
export async function openSide(address, room, { outbox, tell, articleOf }) {
  const from = document.activeElement;
  const page = await fetchPage(address);
  const root = Number(page.querySelector("[data-talk]").dataset.thread);
  const side = open.get(root) ?? new Side(page, root, { room, outbox, tell, articleOf });
  open.set(root, side);
  side.show(from, address);
}

/** Messages came to the room. */
export function draw(messages) {
  open.forEach((side) => side.draw(messages));
}

class Side {
  constructor(page, root, { room, outbox, tell, articleOf }) {
    Object.assign(this, { root, room, outbox, tell, articleOf, node: document.createElement("aside") });
    const [head, log, form] = [".room-head", ".log", "[data-composer]"].map((part) => page.querySelector(part));
    const close = document.importNode(details.querySelector("[data-close-side]").content, true);
    Object.assign(this.node, { className: "details thread-side", ariaLabel: log.ariaLabel });
    head.querySelector("a.only-narrow")?.remove();
    head.querySelector("h1").replaceWith(headingOf(head.querySelector("h1")));
    head.querySelector(".actions").append(close);
    this.node.append(...[head, log].map((part) => document.importNode(part, true)));
    this.log = this.node.querySelector(".log");
    this.log.querySelectorAll(".divider[id]").forEach((line) => line.removeAttribute("id"));
    this.log.querySelectorAll(".msg").forEach(otherwise);
    if (form) this.node.append(this.composer(document.importNode(form, true)));
    this.node.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    this.node.querySelector("[data-close]").addEventListener("click", () => this.close());
    details.after(this.node);
  }

  show(from, address) {
    shown?.hide();
    shown = this;
    Object.assign(this, { from, address });
    details.hidden = true;
    this.node.hidden = false;
    this.log.lastElementChild?.scrollIntoView({ block: "nearest" });
    (this.field ?? this.node.querySelector("[data-close]")).focus({ preventScroll: true });
    this.read();
  }

  hide() {
    this.node.hidden = true;
    details.hidden = false;
  }

  close() {
    this.hide();
    shown = null;
    const again = this.from?.isConnected ? this.from : document.querySelector(`#m${this.root} .thread`);
    again?.focus({ preventScroll: true });
  }

  /** The field of the thread: the same words as everywhere, sent by the same outbox. */
  composer(form) {
    this.field = form.elements.body;
    this.field.id = `side-${this.root}`;
    form.querySelector("label").htmlFor = this.field.id;
    form.removeAttribute("id");
    form.querySelectorAll("[data-keys], [formaction], noscript, [data-attach], .attach").forEach((part) => part.remove());
    this.field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || touch.matches) return;
      event.preventDefault();
      form.requestSubmit();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!this.field.value.trim()) return;
      this.outbox.add(this.room.id, this.field.value.trimEnd(), { thread: this.root });
      this.field.value = "";
    });
    return form;
  }

  /** Draw what belongs here, in its place. */
  draw(messages) {
    const own = messages.filter(({ number, thread }) => number === this.root || thread === this.root);
    own.forEach((message) => this.put(otherwise(this.articleOf(message))));
    this.log.querySelectorAll(`[data-quote="${this.root}"]`).forEach((quote) => quote.remove());
    if (own.length && shown === this) this.read();
  }

  put(node) {
    const number = Number(node.dataset.number);
    const all = [...this.log.querySelectorAll(".msg")];
    const old = all.find((other) => Number(other.dataset.number) === number);
    if (old) return old.replaceWith(node);
    const next = all.find((other) => Number(other.dataset.number) > number);
    this.log.insertBefore(node, next ?? null);
    return node.scrollIntoView({ block: "nearest" });
  }

  read() {
    const last = Number([...this.log.querySelectorAll(".msg")].at(-1)?.dataset.number);
    if (last > this.root && !document.hidden) this.tell(last, this.root);
  }
}

/** A message that stands in the room too has another name here, and its tools are those of the room. */
function otherwise(node) {
  node.id = `t${node.dataset.number}`;
  node.classList.remove("msg-more");
  node.querySelector(".msg-tools")?.remove();
  return node;
}

function headingOf(heading) {
  const made = document.createElement("h2");
  made.append(...heading.childNodes);
  return made;
}

/** The page, parsed by the browser as a document: nothing in it runs. */
function fetchPage(address) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", address);
    request.responseType = "document";
    request.addEventListener("load", () => (request.status === 200 ? resolve(request.response) : reject(new Error())));
    request.addEventListener("error", reject);
    request.send();
  });
}

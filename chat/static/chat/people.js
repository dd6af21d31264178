/** Typing `@` offers the people of the room: by keyboard (arrows, Enter or Tab, Escape) and by touch. It is a help
 *  only: whoever types the whole name mentions the same person. */

import { get } from "./api.js";
import { say } from "./words.js";

const MOST = 8;
/** The sign at the beginning of a word, and what was typed of a name since: up to three words. */
const TYPED = /(?<![\p{L}\p{N}_])@([\p{L}\p{N}'’.-]*(?: [\p{L}\p{N}'’.-]+){0,2})$/u;

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Those whose name, or one word of it, begins so. */
const matching = (people, typed) =>
  people.filter(({ name }) => ` ${fold(name)}`.includes(` ${fold(typed)}`)).slice(0, MOST);

/** Let the field of a form offer the people of a room. */
export function offerPeople(form, field, room) {
  const parts = form.querySelector("[data-people]")?.content.cloneNode(true);
  if (parts) new Offer(form, field, room, parts).look();
}

/** The people, and behind them the groups, each with how many it would tell. */
const allOf = ({ people, groups = [] }) => [...people, ...groups.map((one, place) => ({ ...one, id: `group-${place}` }))];

class Offer {
  constructor(form, field, room, parts) {
    const [list, status] = [parts.querySelector("ul"), parts.querySelector("p")];
    Object.assign(this, { field, room, list, status, people: null, start: 0, chosen: 0 });
    list.hidden = true;
    form.prepend(parts);
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", list.id);
    field.addEventListener("input", ({ isTrusted }) => isTrusted && this.look());
    field.addEventListener("blur", () => this.close());
    form.addEventListener("submit", () => this.close());
    form.addEventListener("keydown", (event) => this.press(event), { capture: true });
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", ({ target }) => this.take(target.closest("li")));
  }

  /** What stands before the caret decides; the names are fetched once, when they are first wanted. */
  async look() {
    if (!this.typed) return this.close();
    this.people ??= get(`rooms/${this.room}/people/`).then(allOf, () => this.forget());
    const people = await this.people;
    const { typed } = this;
    const found = typed ? matching(people, typed[1]) : [];
    const written = found.length === 1 && fold(found[0].name) === fold(typed[1]);
    return found.length && !written ? this.show(found, typed.index) : this.close();
  }

  get typed() {
    return this.field.value.slice(0, this.field.selectionStart).match(TYPED);
  }

  /** They could not be fetched: nothing is offered now, and the next sign asks again. */
  forget() {
    this.people = null;
    return [];
  }

  show(found, start) {
    this.start = start;
    this.list.replaceChildren(...found.map(optionOf));
    this.list.hidden = false;
    this.point(0);
    this.status.textContent = `${found.map(({ name }) => name).join(", ")}. ${this.status.dataset.words}`;
  }

  close() {
    this.list.hidden = true;
    this.status.textContent = "";
    this.field.removeAttribute("aria-activedescendant");
  }

  press(event) {
    if (this.list.hidden || event.target !== this.field || event.isComposing) return;
    if (event.key === "ArrowDown") this.point(this.chosen + 1);
    else if (event.key === "ArrowUp") this.point(this.chosen - 1);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey)) this.take(this.list.children[this.chosen]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  point(index) {
    const options = [...this.list.children];
    this.chosen = (index + options.length) % options.length;
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === this.chosen)));
    this.field.setAttribute("aria-activedescendant", options[this.chosen].id);
    options[this.chosen].scrollIntoView({ block: "nearest" });
  }

  take(option) {
    if (!option) return;
    this.field.setRangeText(`@${option.dataset.name} `, this.start, this.field.selectionStart, "end");
    this.close();
    this.field.focus();
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function optionOf({ id, name, function: does, organisation, people }) {
  const option = document.createElement("li");
  const who = document.createElement("b");
  const what = document.createElement("small");
  Object.assign(option, { id: `name-${id}`, role: "option" });
  option.dataset.name = name;
  who.textContent = name;
  what.textContent = people ? say("people", { n: people }) : [does, organisation].join(", ");
  option.append(who, what);
  return option;
}

/** Files as they stand at a message: the same shapes as `templates/chat/_attachments.html`. */

import { partsOf } from "./parts.js";

const { home: talk, saver, language } = document.getElementById("talk").dataset;
const parts = await partsOf(`${talk}files/parts/`);
const shapes = parts.querySelector("[data-file-parts]");
const home = shapes.dataset.home;
const known = new Map();
document.body.append(parts);

/** Put these into the list. What is on its way is known by its number alone. */
export function fill(list, attachments) {
  const shown = attachments.map((one) => (typeof one === "number" ? known.get(one) : one)).filter(Boolean);
  list.lang = document.documentElement.lang;
  list.append(...shown.map(itemOf));
}

/** Remember what a number stands for, until its message is here. */
export const remember = (file) => known.set(file.id, file);

/** A copy of one of the shapes. */
export const shape = (name) => shapes.querySelector(`[data-file="${name}"]`).content.firstElementChild.cloneNode(true);

/** The dialog for one picture. */
export const viewer = () => shapes.querySelector("[data-viewer]").content.firstElementChild.cloneNode(true);

/** A sentence, with its holes filled. */
export function word(name, values = {}) {
  const text = shapes.querySelector("[data-words]").content.querySelector(`[data-word="${name}"]`).textContent;
  return Object.entries(values).reduce((said, [hole, value]) => said.replace(`{${hole}}`, value), text);
}

/** `180 kB`, `1.2 MB`, as one writes it here. */
export function sizeOf(bytes) {
  const [unit, by] = bytes < 1e6 ? ["kilobyte", 1e3] : ["megabyte", 1e6];
  const digits = unit === "kilobyte" ? 0 : 1;
  const form = { style: "unit", unit, maximumFractionDigits: digits };
  return new Intl.NumberFormat(language, form).format(Math.max(bytes / by, 1 / 10 ** digits));
}

function itemOf(file) {
  const item = document.createElement("li");
  item.append(file.state ? said(file, file.state) : file.width && saver === undefined ? picture(file) : plain(file));
  return item;
}

function said(file, name) {
  const made = shape(name);
  made.querySelector("b").textContent = file.name;
  return made;
}

function plain(file) {
  const made = said(file, "plain");
  made.querySelector("[data-size]").textContent = sizeOf(file.bytes);
  made.querySelector("a").href = addressOf(file);
  made.querySelector("a .hide").textContent = ` ${file.name}`;
  return made;
}

function picture(file) {
  const made = shape("picture");
  const { width, height, name } = file;
  made.href = addressOf(file);
  Object.assign(made.querySelector("img"), { width, height, alt: name, src: `${home}${file.id}/small/` });
  made.querySelector("[data-size]").textContent = sizeOf(file.bytes);
  return made;
}

const addressOf = ({ id, name }) => `${home}${id}/${encodeURIComponent(name)}`;

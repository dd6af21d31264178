// Suggestions below the search field (the ARIA combobox with a list): arrow keys walk them, Enter follows the one that
// is lit, Escape closes. Nobody who wants to save data pays for them; without this script the field is a plain one.
const field = document.querySelector("[data-suggest]");
const list = document.getElementById("suggestions");
const status = document.querySelector("[data-suggested]");
const PAUSE = 180;

let timer;
let asked;
let lit = -1;

const options = () => [...list.children];

function close() {
  asked?.abort();
  clearTimeout(timer);
  list.hidden = true;
  lit = -1;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}

function light(place) {
  const all = options();
  lit = (place + all.length + 1) % (all.length + 1);
  if (lit === all.length) lit = -1;
  all.forEach((option, number) => option.setAttribute("aria-selected", String(number === lit)));
  if (lit < 0) return field.removeAttribute("aria-activedescendant");
  field.setAttribute("aria-activedescendant", all[lit].id);
  all[lit].scrollIntoView({ block: "nearest" });
}

function line(found, number) {
  const option = document.createElement("li");
  option.id = `suggestion-${number}`;
  option.role = "option";
  option.dataset.url = found.url;
  option.setAttribute("aria-selected", "false");
  const text = document.createElement("span");
  text.textContent = found.text;
  const kind = document.createElement("small");
  kind.textContent = list.dataset[found.kind];
  option.append(text, kind);
  return option;
}

function show(found) {
  close();
  list.replaceChildren(...found.map(line));
  list.hidden = !found.length;
  field.setAttribute("aria-expanded", String(found.length > 0));
  status.textContent = found.length ? status.dataset.suggested.replace("0", found.length) : "";
}

async function ask() {
  const typed = field.value.trim();
  if (typed.length < 2) return close();
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(typed)}`, { signal: asked.signal });
    if (answer.ok) show((await answer.json()).suggestions);
  } catch { /* typed on, or no network: the search itself still works */ }
}

const keys = {
  ArrowDown: () => light(lit + 1),
  ArrowUp: () => light(lit < 0 ? options().length - 1 : lit - 1),
  Enter: () => lit >= 0 && location.assign(options()[lit].dataset.url),
  Escape: close,
};

if (field && !("saver" in document.body.dataset)) {
  field.role = "combobox";
  for (const [name, value] of [["controls", list.id], ["autocomplete", "list"], ["expanded", "false"]]) field.setAttribute(`aria-${name}`, value);
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing || !(event.key in keys)) return;
    if (event.key !== "Enter" || lit >= 0) event.preventDefault();
    keys[event.key]();
  });
  field.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("li");
    if (option) location.assign(option.dataset.url);
  });
}

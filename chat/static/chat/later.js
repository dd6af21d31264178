/** A message for later: what other clocks show then, while one chooses. The server reckons for itself. */

const MOST = 3;
const both = document.querySelector("[data-both]");
const form = both.closest("form");
const { day, at, clock } = form.elements;
const { lang } = document.documentElement;
const locale = lang === "en" ? "en-GB" : lang;
const shown = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hour12: false };
const counted = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", hourCycle: "h23" };

form.addEventListener("input", show);
show();

/** By one's own clock; where that is the chosen one, by those of a few others. */
function show() {
  const [own, ...others] = clock.options;
  const moment = momentOf(`${day.value}T${at.value}`, clock.value);
  const lines = clock.value === own.value ? others.slice(0, MOST) : [own];
  both.replaceChildren(...(moment === null ? [] : lines.map((option) => lineOf(option, moment))));
}

function lineOf({ text, value }, moment) {
  const line = document.createElement("span");
  line.textContent = `${text}: ${new Intl.DateTimeFormat(locale, { ...shown, timeZone: value }).format(moment)}`;
  return line;
}

/** When a clock in `zone` shows this; null where it never does, or the fields are not filled in. */
function momentOf(wall, zone) {
  const asked = Date.parse(`${wall.slice(0, 16)}Z`);
  if (Number.isNaN(asked)) return null;
  const near = asked - offset(asked, zone);
  const moment = asked - offset(near, zone); // again: the offset may change between the two
  return moment + offset(moment, zone) === asked ? moment : null;
}

/** Milliseconds by which a clock in `zone` is ahead at that moment. */
function offset(moment, zone) {
  const parts = new Intl.DateTimeFormat("en", { ...counted, timeZone: zone }).formatToParts(moment);
  const { year, month, day: date, hour, minute } = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(year, month - 1, date, hour, minute) - moment;
}

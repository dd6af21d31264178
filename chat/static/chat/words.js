/** The page's own words and the reader's clock: no sentence stands in these scripts, in any language. */

const { language, zone } = document.getElementById("talk").dataset;
const locale = language === "en" ? "en-GB" : language;
const words = document.getElementById("talk-words").content;
const plural = new Intl.PluralRules(locale);
const clock = format({ hour: "2-digit", minute: "2-digit", hour12: false });
const date = format({ day: "numeric", month: "short" });
const day = { weekday: "long", day: "numeric", month: "long" };
const key = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });

/** A sentence of the page, with `{name}` replaced; with `n` among the values, in its plural form. */
export function say(name, values = {}) {
  const form = "n" in values ? plural.select(values.n) : "";
  const found = words.querySelector(`[data-word="${name}.${form}"]`)
    ?? words.querySelector(`[data-word="${name}.other"]`)
    ?? words.querySelector(`[data-word="${name}"]`);
  return Object.entries(values).reduce((text, [hole, value]) => text.replace(`{${hole}}`, value), found.textContent);
}

/** `14:02` in the reader's zone. */
export const timeOf = (moment) => clock.format(moment);

/** `2026-10-14`: equal for moments of one day in the reader's zone. */
export const dayOf = (moment) => key.format(moment);

/** `Today, Tuesday 14 October`, as the server writes it above a day. */
export function dayLabel(moment) {
  const now = new Date();
  const other = dayOf(moment).slice(0, 4) !== dayOf(now).slice(0, 4);
  const text = format(other ? { ...day, year: "numeric" } : day).format(moment).replace(",", "");
  return dayOf(moment) === dayOf(now) ? say("today", { day: text }) : text;
}

/** `Wed, 25 Nov 2026, 14:00 (Nairobi)`: a moment that somebody wrote, by the reader's clock. */
export const fullTime = (moment) =>
  `${format({ weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hour12: false }).format(moment).replace(",", "")} (${zone.split("/").at(-1).replaceAll("_", " ")})`;

/** The time today, the date before that. */
export const shortTime = (moment) => (dayOf(moment) === dayOf(new Date()) ? clock : date).format(moment);

/** The time, after the date where that is another one. */
export const whenOf = (moment) => (dayOf(moment) === dayOf(new Date()) ? "" : `${date.format(moment)} `) + timeOf(moment);

function format(fields) {
  return new Intl.DateTimeFormat(locale, { ...fields, timeZone: zone });
}

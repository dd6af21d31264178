/** What is typed and not sent yet, in this browser only, under the person's id. */

const { user } = document.getElementById("talk").dataset;
const name = (what) => `exchange.${user}.${what}`;

/** What is kept under `what`, or `otherwise`. A browser that keeps nothing is no error. */
export function kept(what, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(name(what))) ?? otherwise;
  } catch {
    return otherwise;
  }
}

/** What stands in a field: the words of this browser, unless a newer `version` has `body` and nothing unsent waits here.
 *  Also where that is what this browser brought there itself (`tried`), and never heard that it came. */
export function standing({ words, known }, version, body) {
  const here = kept(words, "");
  const [since, saved, tried] = kept(known, [0, ""]);
  return since >= version || tried === body || (here && here.trimEnd() !== saved) ? here : body;
}

/** Keep `value`; nothing or an empty text forgets it. */
export function keep(what, value) {
  try {
    if (value?.length) localStorage.setItem(name(what), JSON.stringify(value));
    else localStorage.removeItem(name(what));
  } catch {
    /* Full or forbidden: the words still stand on the page. */
  }
}

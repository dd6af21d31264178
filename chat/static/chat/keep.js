/** What must outlive a reload, in this browser only, under the person's id: drafts, and words not yet stored. */

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

/** Keep `value`; nothing, an empty text or an empty list forgets it. */
export function keep(what, value) {
  try {
    if (value?.length) localStorage.setItem(name(what), JSON.stringify(value));
    else localStorage.removeItem(name(what));
  } catch {
    /* Full or forbidden: the words still stand on the page. */
  }
}

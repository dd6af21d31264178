/** Where a message has its own page; and asks for a thread beside the room, which whoever shows it there answers (`room.js`). */

const { home } = document.getElementById("talk").dataset;
const { room } = document.querySelector("[data-talk]")?.dataset ?? {};

/** The address of a message's own page, wherever this page is. */
export const pageOf = (number) => `${home}${room}/${number}/`;

/** Ask for the thread at `address`; false where its page has to be opened instead. */
export const beside = (address) =>
  !document.dispatchEvent(new CustomEvent("exchange:thread", { detail: address, cancelable: true }));

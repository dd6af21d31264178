/** Asks for a thread beside the room; whoever shows it there answers (`room.js`). */

/** Ask for the thread at `address`; false where its page has to be opened instead. */
export const beside = (address) =>
  !document.dispatchEvent(new CustomEvent("exchange:thread", { detail: address, cancelable: true }));

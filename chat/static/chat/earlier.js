/** “Show earlier messages”: a page of history above what stands there. Fetched when somebody wants to look back. */

import { get } from "./api.js";

/** Have the messages before the first one on screen drawn above it; where they cannot be fetched, the link is followed. */
export async function extendUpwards(link, store, draw) {
  if (link.ariaBusy === "true") return;
  link.ariaBusy = "true";
  try {
    const page = await get(`rooms/${store.room}/messages/?before=${store.first}&limit=50`);
    draw(store.earlier(page.messages));
    if (page.threads) import("./replies.js").then(({ noteReplies }) => noteReplies(page.threads), () => null);
    link.href = `?before=${store.first}#latest`;
    link.hidden = !page.more;
  } catch {
    location.assign(link.href);
  } finally {
    link.ariaBusy = "false";
  }
}

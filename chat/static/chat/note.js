/** What a note says in the language of this page: it comes in that of whoever caused it. */

import { get } from "./api.js";

const { room } = document.querySelector("[data-talk]").dataset;

/** Put the words of note `number` into its article. */
export async function reword(node, number) {
  const { messages: [{ body, language }] } = await get(`rooms/${room}/messages/?after=${number - 1}&limit=1`);
  Object.assign(node.querySelector(".note"), { textContent: body, lang: language });
}

/** What stands at a question that came live: drawn by the server in the reader's language, fetched once it is there. */

const { room } = document.querySelector("[data-talk]").dataset;

/** Put it under the words of `article`, whose message asks. */
export async function fill(article) {
  const made = await parts(`/chat/${room}/${article.dataset.number}/question/`);
  const block = made?.querySelector("[data-question]");
  if (!block || !article.isConnected) return;
  if (!document.querySelector("link[href*='chat/question']")) document.head.append(made.querySelector("link"));
  const text = article.querySelector(".text");
  text.insertBefore(block, text.querySelector(".marks, .state"));
}

/** Parsed by the browser as a document: nothing in it runs. */
function parts(address) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("GET", address);
    request.responseType = "document";
    request.addEventListener("load", () => resolve(request.status === 200 ? document.importNode(request.response.documentElement, true) : null));
    request.addEventListener("error", () => resolve(null));
    request.send();
  });
}

/** Shapes and words that a page fetches when they are first wanted, parsed by the browser as a document: nothing runs. */

/** Everything at `address`, as a fragment. */
export function partsOf(address) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", address);
    request.responseType = "document";
    request.addEventListener("load", () => {
      if (request.status !== 200) return reject(new Error(request.statusText));
      const made = document.createDocumentFragment();
      const { head, body } = request.response;
      made.append(...[...head.children, ...body.children].map((part) => document.importNode(part, true)));
      resolve(made);
    });
    request.addEventListener("error", reject);
    request.send();
  });
}

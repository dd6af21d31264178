/**
 * Where words wait until the server has them: a table of this browser (IndexedDB), a row for each, in the order in
 * which they were written, under the id of who wrote them. A browser that keeps nothing is no error: it gives null.
 */

const NAME = "exchange";
const TABLE = "outbox";
let opened;

/** Keep `item`; its `order`, by which it is dropped again. */
export const put = (item) => on("readwrite", (table) => table.put(item));

/** Forget the item of this `order`. */
export const drop = (order) => on("readwrite", (table) => table.delete(order));

/** What `user` has written and the server does not have yet, the oldest first. */
export const all = (user) => on("readonly", (table) => table.index("user").getAll(user));

async function on(mode, act) {
  try {
    const database = await (opened ??= answered(open()));
    return await answered(act(database.transaction(TABLE, mode).objectStore(TABLE)));
  } catch {
    return null;
  }
}

function open() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    const table = request.result.createObjectStore(TABLE, { keyPath: "order", autoIncrement: true });
    table.createIndex("user", "user");
  };
  return request;
}

function answered(request) {
  return new Promise((resolve) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
  });
}

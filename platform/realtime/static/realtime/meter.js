/**
 * About how many bytes this device has used for this person this month: what the browser says of each file and page, and
 * the frames of sockets. What a proxy, TLS and the service worker add is not in it.
 */

const FRAME = 10;
const { body } = document;
let fresh = 0;

/** `text` went over a socket, either way. */
export function count(text) {
  fresh += text.length + FRAME;
}

/** Bytes since the month began. Nobody's are kept once they have signed out. */
export function used() {
  const { person } = body.dataset;
  const key = `exchange.${person}.used.${new Date().toISOString().slice(0, 7)}`;
  try {
    const total = Number(localStorage.getItem(key)) + fresh;
    if (person) localStorage.setItem(key, total);
    fresh = 0;
    return total;
  } catch {
    return fresh;
  }
}

const seen = new PerformanceObserver((list) => list.getEntries().forEach(({ transferSize = 0 }) => { fresh += transferSize; }));
for (const type of ["navigation", "resource"]) seen.observe({ type, buffered: true });
document.addEventListener("visibilitychange", () => document.hidden && used());
addEventListener("pagehide", used);

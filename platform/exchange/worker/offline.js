// Pages of Talk without a connection: each is kept as it was last sent, for who it was sent to, and shown from there
// when the network does not answer. At most 20 MB; the oldest go first. Nobody's pages are shown after a sign-in page.

const FILES = "exchange-files";
const WHO = "exchange-who";
const PAGES = "exchange.";
const MOST = 20 * 2 ** 20;
const MOST_FILES = 200;
const PATIENCE = 10_000;
const READABLE = new RegExp(EXCHANGE.readable);

addEventListener("activate", (event) => event.waitUntil(registration.navigationPreload?.enable()));
addEventListener("message", (event) => event.data.keep && event.waitUntil(keepAll(event.data).finally(() => event.ports[0]?.postMessage("kept"))));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(visit(event));
  else if (pathname.startsWith(EXCHANGE.files)) event.respondWith(file(request));
});

/** The server's page; the one that is kept where nothing answers, or not in good time. */
async function visit(event) {
  const path = new URL(event.request.url).pathname;
  const online = Promise.resolve(event.preloadResponse).then((found) => found ?? fetch(event.request));
  event.waitUntil(online.then((page) => note(event.request.url, page.clone()), () => null));
  const page = await Promise.race([online.catch(() => null), later(READABLE.test(path))]);
  return page ?? (await shown(path)) ?? online.catch(() => nothing());
}

/** Nothing, after a while; never where no page could be kept. */
const later = (possible) => new Promise((resolve) => { if (possible) setTimeout(resolve, PATIENCE, null); });

/** A style or script never changes under its name: the kept one does, and what is fetched is kept. */
async function file(request) {
  const files = await caches.open(FILES);
  const kept = await files.match(request);
  if (kept) return kept;
  const found = await fetch(request);
  if (found.ok) await files.put(request, found.clone());
  return found;
}

/** What an open page asks for: itself, and what it needs. */
async function keepAll({ keep: path, files }) {
  await keepFirst(path);
  await keepFiles(files);
}

async function note(url, page) {
  const { pathname, search } = new URL(url);
  if (pathname === EXCHANGE.login && page.ok) return caches.delete(WHO);
  if (!READABLE.test(pathname)) return null;
  if (page.status === 403 || page.status === 404) return forget(pathname);
  return page.ok && !search ? keep(pathname, page) : null;
}

/** The page from before there was a worker: it stands in the browser's own cache. */
async function keepFirst(path) {
  const pages = await mine();
  if (await pages?.match(path)) return;
  const page = await fetch(path, { cache: "force-cache" }).catch(() => null);
  if (page) await note(page.url, page);
}

async function keep(path, page) {
  const html = await page.text();
  const person = html.match(/data-person="(\d+)"/)?.[1];
  if (!person) return;
  const [, title = ""] = html.match(/<title>([^<]*)/) ?? [];
  const headers = new Headers(page.headers);
  for (const name of ["Content-Encoding", "Content-Length", "Set-Cookie"]) headers.delete(name);
  headers.set("X-Kept", new Date().toISOString());
  headers.set("X-Bytes", html.length);
  headers.set("X-Title", encodeURIComponent(title.trim()));
  headers.set("X-Lang", html.match(/<html lang="([\w-]+)"/)?.[1] ?? "en");
  const pages = await caches.open(PAGES + person);
  await pages.delete(`${path}news`);
  await pages.put(path, new Response(html, { headers }));
  await (await caches.open(WHO)).put("/", new Response(person));
  await evict();
}

/** Until everything fits, the oldest page goes, whoever it was sent to. */
async function evict() {
  const all = [];
  for (const name of await caches.keys()) if (name.startsWith(PAGES)) all.push(...(await sizes(name)));
  all.sort((one, other) => (one.at < other.at ? -1 : 1));
  let total = all.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { cache, request, bytes } of all) {
    if (total <= MOST) return;
    total -= bytes;
    await cache.delete(request);
  }
}

async function sizes(name) {
  const cache = await caches.open(name);
  const requests = await cache.keys();
  return Promise.all(requests.map(async (request) => {
    const { headers } = await cache.match(request);
    return { cache, request, at: headers.get("X-Kept"), bytes: Number(headers.get("X-Bytes")) };
  }));
}

async function keepFiles(addresses) {
  const files = await caches.open(FILES);
  for (const address of addresses) {
    if (!(await files.match(address))) await files.add(new Request(address, { cache: "force-cache" })).catch(() => null);
  }
  const old = await files.keys();
  for (const request of old.slice(0, Math.max(0, old.length - MOST_FILES))) await files.delete(request);
}

/** The pages of whoever was signed in last; nothing after a sign-in page. */
async function mine() {
  const who = await caches.match("/", { cacheName: WHO });
  return who && caches.open(PAGES + (await who.text()));
}

async function forget(path) {
  const pages = await mine();
  await pages?.delete(path);
  await pages?.delete(`${path}news`);
}

/** The kept page, which says since when. */
async function shown(path) {
  const page = await (await mine())?.match(path);
  if (!page) return null;
  const html = await page.text();
  return new Response(html.replace("<body ", `<body data-kept="${page.headers.get("X-Kept")}" `), { headers: page.headers });
}

/** A page of our own: what there is to read here instead. */
async function nothing() {
  const pages = await mine();
  const found = [];
  for (const request of (await pages?.keys()) ?? []) {
    const { headers } = await pages.match(request);
    const { pathname } = new URL(request.url);
    if (headers.has("X-Title")) found.push(`<li><a href="${pathname}">${decodeURIComponent(headers.get("X-Title"))}</a></li>`);
    if (headers.has("X-Lang")) found.lang = headers.get("X-Lang");
  }
  const lang = found.lang ?? navigator.language.slice(0, 2);
  const [title, again, read] = EXCHANGE.offline[lang] ?? EXCHANGE.offline.en;
  const styles = EXCHANGE.styles.map((style) => `<link rel="stylesheet" href="${style}">`).join("");
  const list = found.length ? `<p>${read}</p><ul>${found.join("")}</ul>` : "";
  const html = `<!DOCTYPE html><html lang="${EXCHANGE.offline[lang] ? lang : "en"}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>${styles}<body><main class="page prose"><h1>${title}</h1><p><a class="btn btn-primary" href="">${again}</a></p>${list}</main>`;
  return new Response(html, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": "default-src 'none'; style-src 'self'" } });
}

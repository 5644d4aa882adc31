/**
 * The service worker: what is left of SyncWatch when the server is out of reach. It keeps one page
 * that says so, with its looks, and nothing else; no page, answer or film of a person ever enters a
 * cache. The server fills in the list, so that a new version of any of the files is a new worker.
 * @module
 */

/** @typedef {Event & {waitUntil: (work: Promise<unknown>) => void}} LifeEvent */
/** @typedef {LifeEvent & {request: Request, preloadResponse: Promise<Response | undefined>, respondWith: (answer: Promise<Response>) => void}} FetchEvent */

const worker = /** @type {any} */ (globalThis);
/** @type {{version: string, page: string, files: string[]}} */
const SHELL = worker.SHELL;
const CACHE = `shell-${SHELL.version}`;

async function install() {
  const cache = await caches.open(CACHE);
  // Not out of the browser's own cache: it may hold the page of the version before.
  await cache.addAll(
    [SHELL.page, ...SHELL.files].map(
      (url) => new Request(url, { cache: "reload", credentials: "omit" }),
    ),
  );
  await worker.skipWaiting();
}

async function activate() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  await worker.registration.navigationPreload?.enable();
  await worker.clients.claim();
}

/** @param {FetchEvent} event */
async function page(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return /** @type {Response} */ (await caches.match(SHELL.page));
  }
}

/** @param {Request} request */
const file = async (request) => (await caches.match(request)) ?? fetch(request);

worker.addEventListener("install", (/** @type {any} */ event) => {
  // What a page sends as it goes away (a deletion, "left the call") dies with it in Chromium when it
  // has to pass the worker. Browsers without routes have no such fault.
  event.addRoutes?.([{ condition: { urlPattern: "/api/*" }, source: "network" }]);
  event.waitUntil(install());
});
worker.addEventListener("activate", (/** @type {LifeEvent} */ event) =>
  event.waitUntil(activate()),
);
worker.addEventListener("fetch", (/** @type {FetchEvent} */ event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.mode === "navigate") event.respondWith(page(event));
  else if (origin === location.origin && SHELL.files.includes(pathname))
    event.respondWith(file(event.request));
});

/** Makes the browser keep the page for "out of reach", and with it the offer to install SyncWatch. */

const { serviceWorker } = navigator;
// The server names the worker only where files have lasting names; while building, nothing is kept.
const address = document.querySelector('link[rel="x-worker"]')?.getAttribute("href");
if (serviceWorker && address) serviceWorker.register(address, { scope: "/" }).catch(() => {});

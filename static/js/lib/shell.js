/**
 * What every page does: it makes the browser keep the page for "out of reach", and with it the offer to
 * install SyncWatch; and strangers choose their language.
 */

import { delegate } from "./events.js";
import { chooseLanguage } from "./language.js";

const { serviceWorker } = navigator;
// The server names the worker only where files have lasting names; while building, nothing is kept.
const address = document.querySelector('link[rel="x-worker"]')?.getAttribute("href");
if (serviceWorker && address) serviceWorker.register(address, { scope: "/" }).catch(() => {});

delegate(document, "click", "[data-language-pick]", async ({ dataset }) => {
  await chooseLanguage(dataset.languagePick ?? "", { account: false });
  location.reload();
});

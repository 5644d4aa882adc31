/** tus-js-client, fetched when the first file is chosen: most visits bring none. */

import { HttpError } from "../lib/http.js";
import { t } from "../lib/words.js";

/** @typedef {typeof import("tus-js-client")} Tus */

/** @type {Promise<Tus> | null} */
let coming = null;

/** It comes as a classic script and leaves one global. */
const here = () => /** @type {Tus | undefined} */ (/** @type {any} */ (globalThis).tus);

/**
 * @returns {Promise<Tus>}
 * @throws {HttpError} when it could not be fetched; the next call tries again
 */
export async function loadTus() {
  const library = here();
  if (library) return library;
  coming ??= fetchScript().finally(() => {
    coming = null;
  });
  return coming;
}

/** @returns {Promise<Tus>} */
function fetchScript() {
  const address = document.querySelector('link[rel="x-tus"]')?.getAttribute("href") ?? "";
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve(/** @type {Tus} */ (here()));
    script.onerror = () => {
      script.remove();
      reject(
        new HttpError(0, "offline", t("The upload could not start: the server is out of reach.")),
      );
    };
    document.head.append(script);
  });
}

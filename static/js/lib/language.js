/** The language somebody chooses: kept with their account, and for this browser. */

import { http } from "./http.js";

const YEAR_S = 31_536_000;

/**
 * Speaks another language from the next page on.
 * @param {string} code empty: what the browser asks for
 * @param {{account: boolean}} options whether somebody is signed in
 */
export async function chooseLanguage(code, { account }) {
  if (account) await http.patch("/api/auth/me/", { language: code });
  const age = code ? YEAR_S : 0;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not everywhere yet
  document.cookie = `language=${code}; path=/; max-age=${age}; samesite=lax`;
}

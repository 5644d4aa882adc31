/** How much is new in each room, on the list of rooms. */

import { h } from "../lib/dom.js";
import { http } from "../lib/http.js";
import { tn } from "../lib/words.js";

/** The most the server counts. */
const MOST = 99;

/**
 * Puts a number beside the rooms in which others said something since one read there last.
 * @param {ParentNode} list of rows with a link to their room
 */
export async function showNews(list) {
  const { results } = await http.get("/api/unread/").catch(() => ({ results: [] }));
  for (const { code, unread } of results) {
    const link = list.querySelector(`a[href="/r/${CSS.escape(code)}"]`);
    link?.before(badge(unread));
  }
}

/** @param {number} unread */
function badge(unread) {
  const shown = unread >= MOST ? `${MOST}+` : String(unread);
  return h(
    "span",
    { class: "unread num" },
    h("span", { "aria-hidden": "true" }, shown),
    h("span", { class: "sr" }, tn("{n} new message", "{n} new messages", unread)),
  );
}

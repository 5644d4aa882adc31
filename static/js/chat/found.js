/** A message that was found by its words, as a row that leads to it. */

import { html } from "lit";
import { region } from "../lib/format.js";
import { t } from "../lib/words.js";
import { marked } from "./marked.js";

/** @typedef {import("../room/types.js").Message} Message */

/**
 * @param {Message} message
 * @param {string} words what was looked for
 * @param {(id: string) => void} go
 */
export function foundOf({ id, author, body, created_at }, words, go) {
  const day = new Intl.DateTimeFormat(region(), { dateStyle: "medium" });
  const said = marked(body, words).map(({ mark, text }) =>
    mark ? html`<mark>${text}</mark>` : text,
  );
  return html`<li><button class="found-one" type="button" @click=${() => go(id)}><span class="found-head"><b class="ellipsis" dir="auto">${author?.display_name ?? t("Someone who left")}</b><time datetime=${created_at}>${day.format(new Date(created_at))}</time></span><span dir="auto">${said}</span></button></li>`;
}

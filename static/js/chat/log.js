/** Draws the rows of a thread: groups, days, happenings, pending words. */

import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { clock, region } from "../lib/format.js";
import { t } from "../lib/words.js";
import { face, glyph, sentence } from "../room/ui.js";
import { lineOf } from "../room/words.js";
import { bubble, quoteOf } from "./bubble.js";
import { emoted } from "./emotes.js";

/** @typedef {import("./rows.js").Row} Row */
/** @typedef {import("./rows.js").Group} Group */
/** @typedef {import("./rows.js").Pending} Pending */
/**
 * @typedef {object} Hands what a click in the log can do
 * @property {((atS: number) => void) | null} jump null where this person may not
 * @property {(nonce: string) => void} retry
 * @property {(nonce: string) => void} discard
 * @property {() => void} fill loads what is missing in between
 * @property {number} duration of the film that is on
 * @property {string} me whose screen this is
 * @property {import("./emotes.js").Emotes} emotes of the room
 * @property {import("./poll.js").Ballot} ballot
 * @property {(id: string) => void} unveil shows what was said further on in the film
 * @property {(id: string) => void} goTo a message, however far back
 * @property {((id: string, emoji: string, on: boolean) => void) | null} react null where this person may not
 */

const hours = new Intl.DateTimeFormat(region(), { hour: "numeric", minute: "2-digit" });
const days = new Intl.DateTimeFormat(region(), { weekday: "long", day: "numeric", month: "long" });

/** @param {string} day */
export function dayWords(day) {
  const today = new Date();
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  if (day === today.toDateString()) return t("Today");
  return day === yesterday.toDateString() ? t("Yesterday") : days.format(new Date(day));
}

/**
 * @param {Pending} pending
 * @param {Hands} hands
 */
function pendingBubble({ nonce, body, state, reason, reply }, hands) {
  const failed = state === "failed";
  return html`<div class="msg ${failed ? "is-failed" : "is-pending"}" dir="auto" data-pending=${state}>${quoteOf(reply, hands)}${emoted(body, hands.emotes)}</div>
    ${
      failed
        ? html`<span class="mstate mstate-bad" role="alert">${glyph("warning")}<span>${t("Not sent. {reason}", { reason: reason ?? "" })}</span>
          <button type="button" @click=${() => hands.retry(nonce)}>${t("Retry")}</button><button type="button" @click=${() => hands.discard(nonce)}>${t("Delete")}</button></span>`
        : html`<span class="mstate"><span class="arc" aria-hidden="true"></span>${t("Sending")}</span>`
    }`;
}

/**
 * @param {Group} group
 * @param {Hands} hands
 */
function metaOf({ author, mine, created_at, media_time }, { jump }) {
  const at = new Date(created_at);
  const spoken = hours.format(at);
  const when =
    media_time === null
      ? html`<time class="at" datetime=${created_at}>${spoken}</time>`
      : jump
        ? html`<button class="at" type="button" title=${t("Jump to {time}, said at {when}", { time: clock(media_time), when: spoken })} aria-label=${t("Jump to {time}", { time: clock(media_time) })} @click=${() => jump(media_time)}>${clock(media_time)}</button>`
        : html`<span class="at" title=${t("Said at {when}", { when: spoken })}>${clock(media_time)}</span>`;
  return html`<div class="meta">${mine ? html`<span class="sr">${t("You")}</span>` : html`<span class="ellipsis" dir="auto">${author?.display_name ?? t("Someone who left")}</span>`}${when}</div>`;
}

/**
 * @param {Group} group
 * @param {Hands} hands
 */
const groupOf = (group, hands) => html`<div class="grp ${group.mine ? "grp-me" : ""}">
  ${metaOf(group, hands)}${group.mine ? nothing : face(group.author, 28)}
  <div class="msgs">${repeat(
    group.messages,
    ({ id }) => id,
    (message) => bubble(message, hands),
  )}${repeat(
    group.pending,
    ({ nonce }) => nonce,
    (pending) => pendingBubble(pending, hands),
  )}</div></div>`;

/**
 * @param {Row} row
 * @param {Hands} hands
 */
export function rowOf(row, hands) {
  if (row.kind === "day") return html`<div class="day">${dayWords(row.day)}</div>`;
  if (row.kind === "new") return html`<div class="day day-new" data-new>${t("New")}</div>`;
  if (row.kind === "group") return groupOf(row, hands);
  const { icon, parts } = lineOf(row.message, hands.me);
  return html`<div class="sys" data-line=${row.message.id}>${glyph(icon)}<span>${sentence(parts)}</span></div>`;
}

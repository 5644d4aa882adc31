/** Draws one message: what it answers, its words, who reacted. Text is text; links open apart. */

import { html, nothing } from "lit";
import { clock } from "../lib/format.js";
import { t, tn } from "../lib/words.js";
import { glyph } from "../room/ui.js";
import { emoted, isLarge, signed } from "./emotes.js";
import { pollOf } from "./poll.js";
import { covered, linkWords, masked, pieces } from "./text.js";

/** @typedef {import("./log.js").Hands} Hands */
/** @typedef {import("./text.js").Piece} Piece */
/** @typedef {import("../room/types.js").Message} Message */
/** @typedef {import("../room/types.js").Poll} Poll */
/** @typedef {import("../room/types.js").Quote} Quote */
/** @typedef {import("../room/types.js").Reaction} Reaction */

/** @param {string} href */
function link(href) {
  const { host, rest } = linkWords(href);
  return html`<a href=${href} target="_blank" rel="noopener noreferrer nofollow ugc" title=${href} dir="ltr"><b>${host}</b>${rest}</a>`;
}

/**
 * @param {Piece | {spoiler: string}} piece
 * @param {Hands} hands
 */
function drawn(piece, { jump, me, emotes }) {
  if ("spoiler" in piece)
    return html`<details class="spoiler"><summary>${t("Spoiler")}</summary>${emoted(piece.spoiler, emotes)}</details>`;
  if ("href" in piece) return link(piece.href);
  if ("name" in piece)
    return html`<span class="at-name ${isMe(piece.who, me) ? "is-me" : ""}">${piece.text}</span>`;
  if (!("time" in piece)) return emoted(piece.text, emotes);
  return html`<button class="jump" type="button" aria-label=${t("Jump to {time}", { time: piece.text })} @click=${() => jump?.(piece.time)}>${glyph("play")}${piece.text}</button>`;
}

/** @param {(string | null)[]} who @param {string} me */
const isMe = (who, me) => who.includes(me) || who.includes(null);

/**
 * Whether somebody else means me by it.
 * @param {Message} message
 * @param {string} me
 */
export const meansMe = ({ author, mentions = [] }, me) =>
  author?.id !== me &&
  isMe(
    mentions.map(({ user_id }) => user_id),
    me,
  );

/**
 * What somebody does begins with their name; dice show what fell.
 * @param {Message} message
 * @param {unknown} words
 */
function styled({ style, roll, author }, words) {
  if (style === "me")
    return html`<i class="deed-words"><b dir="auto">${author?.display_name ?? t("Someone")}</b> ${words}</i>`;
  if (style !== "roll" || !roll) return words;
  const sum = roll.results.reduce((all, one) => all + one, 0);
  const fell = roll.results.join(" + ");
  return html`<span class="dice"><span class="dim">${t("rolled {dice}:", { dice: roll.dice })}</span> ${roll.results.length > 1 ? `${fell} = ` : nothing}<b class="num">${sum}</b></span>`;
}

/**
 * @param {Message} message
 * @param {Hands} hands
 * @returns {(Piece | {spoiler: string})[]}
 */
function wordsOf({ body, mentions = [] }, { jump, duration }) {
  /** @type {(Piece | {spoiler: string})[]} */
  const all = [];
  for (const part of covered(body))
    all.push(...("spoiler" in part ? [part] : pieces(part.text, jump ? duration : 0, mentions)));
  return all;
}

/** @param {Quote} reply */
function quotedWords({ deleted, veiled, text }) {
  if (deleted) return t("Message deleted");
  return veiled ? t("Said further on in the film") : masked(text);
}

/**
 * What was said further on in the film; who wants to see it all the same presses it.
 * @param {Message} message
 * @param {Hands} hands
 */
const veilOf = ({ id, media_time }, { unveil }) =>
  html`<div class="msg is-veiled" data-message=${id}><button class="veil" type="button" @click=${() => unveil(id)}>${glyph("eye-off")}<span>${t("Said at {time}", { time: clock(media_time ?? 0) })}</span><b>${t("Show")}</b></button></div>`;

/**
 * @param {Quote | null | undefined} reply
 * @param {Hands} hands
 */
export function quoteOf(reply, hands) {
  if (!reply) return nothing;
  if (reply.hidden)
    return html`<span class="quote"><span class="quoted">${t("Message not shown")}</span></span>`;
  const name = reply.author?.display_name ?? t("Someone");
  const words = html`<b dir="auto">${name}</b><span class="quoted" dir="auto">${quotedWords(reply)}</span>`;
  if (reply.deleted || reply.veiled) return html`<span class="quote">${words}</span>`;
  return html`<button class="quote" type="button" title=${t("Go to this message")} @click=${() => hands.goTo(reply.id)}>${words}</button>`;
}

/**
 * @param {Message} message
 * @param {Hands} hands
 */
function reactionsOf({ id, reactions = [] }, { react, me, emotes }) {
  if (!reactions.length) return nothing;
  return html`<div class="rxs">${reactions.map(({ emoji, count, by }) => {
    const mine = by.includes(me);
    return html`<button class="rx ${mine ? "is-mine" : ""}" type="button" aria-pressed=${String(mine)} ?disabled=${!react}
      aria-label=${tn("{emoji} by {n} person", "{emoji} by {n} people", count, { emoji })}
      @click=${() => react?.(id, emoji, !mine)}><span aria-hidden="true">${signed(emoji, emotes)}</span><b class="num">${count}</b></button>`;
  })}</div>`;
}

/**
 * @param {Message} message
 * @param {Hands} hands
 */
export function bubble(message, hands) {
  if (message.deleted)
    return html`<div class="msg is-deleted" data-message=${message.id}>${glyph("trash")}${t("Message deleted")}</div>`;
  if (message.veiled) return veilOf(message, hands);
  const forMe = meansMe(message, hands.me);
  const words = wordsOf(message, hands);
  return html`<div class="msg ${forMe ? "is-for-me" : ""} ${message.poll ? "has-poll" : isLarge(message.body, hands.emotes) ? "is-emotes" : ""}" dir="auto" data-message=${message.id}>${
    forMe ? html`<span class="sr">${t("Mentions you.")} </span>` : nothing
  }${quoteOf(message.reply, hands)}${styled(
    message,
    words.map((piece) => drawn(piece, hands)),
  )}${
    message.edited_at ? html` <span class="edited">${t("edited")}</span>` : nothing
  }${message.pinned ? html` <span class="edited">${glyph("pin")}<span class="sr">${t("pinned")}</span></span>` : nothing}${
    message.poll ? pollOf(/** @type {Message & {poll: Poll}} */ (message), hands.ballot) : nothing
  }</div>${reactionsOf(message, hands)}`;
}

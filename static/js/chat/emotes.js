/** Emotes of the room in words: found where they are written `:sofa:`, drawn as their picture. */

import { html } from "lit";
import { EMOJI } from "./emoji-names.js";

/** @typedef {import("../room/types.js").Emote} Emote */
/** @typedef {Map<string, Emote>} Emotes by name */

const WRITTEN = /:([a-z0-9_]{2,32}):/giu;
/** So many of them alone are drawn large. */
const LARGE_MOST = 3;

/** @type {WeakMap<Emote[], Emotes>} */
const known = new WeakMap();

/**
 * The same map as long as the room has the same emotes.
 * @param {Emote[]} list
 * @returns {Emotes}
 */
export function emotesBy(list) {
  const found = known.get(list) ?? new Map(list.map((emote) => [emote.name, emote]));
  known.set(list, found);
  return found;
}

/**
 * Words, with the emotes among them. Two that share a colon are the first and some words.
 * @param {string} text
 * @param {Emotes} emotes
 * @returns {(string | Emote)[]}
 */
export function parted(text, emotes) {
  /** @type {(string | Emote)[]} */
  const parts = [];
  let at = 0;
  WRITTEN.lastIndex = 0;
  for (let match = WRITTEN.exec(text); match; match = WRITTEN.exec(text)) {
    const name = match[1].toLowerCase();
    const found = emotes.get(name) ?? (Object.hasOwn(EMOJI, name) ? EMOJI[name] : null);
    if (!found) {
      WRITTEN.lastIndex = match.index + match[0].length - 1; // its end may begin another
      continue;
    }
    if (match.index > at) parts.push(text.slice(at, match.index));
    parts.push(found);
    at = match.index + match[0].length;
  }
  return at < text.length ? [...parts, text.slice(at)] : parts;
}

/**
 * Whether a message is nothing but a few of the room's emotes.
 * @param {string} body
 * @param {Emotes} emotes
 */
export function isLarge(body, emotes) {
  const parts = parted(body, emotes).filter((part) => typeof part !== "string" || part.trim());
  return (
    parts.length > 0 &&
    parts.length <= LARGE_MOST &&
    parts.every((part) => typeof part !== "string")
  );
}

/** @param {Emote} emote @param {string} [alt] nothing where its name stands beside it */
export const picture = ({ name, src, width, height }, alt = `:${name}:`) =>
  html`<img class="emote" src=${src} alt=${alt} title=":${name}:" width=${width} height=${height} decoding="async">`;

/** Words as they are drawn. @param {string} text @param {Emotes} emotes */
export const emoted = (text, emotes) =>
  parted(text, emotes).map((part) => (typeof part === "string" ? part : picture(part)));

/** A reaction: an emoji, or an emote while the room has it. @param {string} sign @param {Emotes} emotes */
export const signed = (sign, emotes) => (sign.startsWith(":") ? emoted(sign, emotes) : sign);

/** Splits what people write into plain text, safe links, names and film times. Pure. */

import { t, tn } from "../lib/words.js";

/** @typedef {import("../room/types.js").Mention} Mention */
/** @typedef {{text: string} | {href: string, text: string} | {time: number, text: string} | {name: string, who: (string | null)[], text: string}} Piece `who`: user ids, null for everybody */

const LINK = /\bhttps?:\/\/[^\s<>"'`]+/giu;
/** 8:47 or 1:02:03, not part of a longer number, a date or an address. */
const TIME = /(?<![\w:./-])(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)(?![\w:./-]*\w)/gu;
/** What ends a sentence does not belong to the address in front of it. */
const TRAILING = /[.,;:!?)\]}'"]+$/u;

/**
 * @param {string} candidate
 * @returns {string | null} the address when it is one a browser may follow
 */
function safeHref(candidate) {
  try {
    const url = new URL(candidate);
    return (url.protocol === "https:" || url.protocol === "http:") && !url.username && !url.password
      ? url.href
      : null;
  } catch {
    return null;
  }
}

/**
 * @param {string} text
 * @param {number} longest film times past it are just text
 * @returns {Piece[]}
 */
function times(text, longest) {
  /** @type {Piece[]} */
  const pieces = [];
  let at = 0;
  for (const match of text.matchAll(TIME)) {
    const [whole, hours, minutes, seconds] = match;
    const time = Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(seconds);
    if (time > longest || (hours !== undefined && Number(minutes) > 59)) continue;
    if (match.index > at) pieces.push({ text: text.slice(at, match.index) });
    pieces.push({ time, text: whole });
    at = match.index + whole.length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at) });
  return pieces;
}

/** A letter, a mark on one, a digit or a line below: a name goes on. */
const WORD = /[\p{L}\p{M}\p{N}_]/u;

/**
 * The names of a message, where they stand. Of several that could stand at one place the longest.
 * @param {string} text
 * @param {Mention[]} mentions
 * @param {(text: string) => Piece[]} rest of what is between them
 * @returns {Piece[]}
 */
function names(text, mentions, rest) {
  /** @type {Piece[]} */
  const pieces = [];
  let at = 0;
  for (const { index } of mentions.length ? text.matchAll(/@/gu) : []) {
    if (index < at || WORD.test(signBefore(text, index))) continue;
    const name = nameAt(text, index + 1, mentions);
    if (!name) continue;
    if (index > at) pieces.push(...rest(text.slice(at, index)));
    const who = mentions.filter((one) => one.name === name).map(({ user_id }) => user_id);
    pieces.push({ name, who, text: `@${name}` });
    at = index + 1 + name.length;
  }
  return at < text.length ? [...pieces, ...rest(text.slice(at))] : pieces;
}

/** @param {string} text @param {number} at */
const signBefore = (text, at) => [...text.slice(Math.max(0, at - 2), at)].at(-1) ?? "";

/**
 * @param {string} text
 * @param {number} at
 * @param {Mention[]} mentions
 */
function nameAt(text, at, mentions) {
  const here = mentions.filter(({ name }) => {
    const after = String.fromCodePoint(text.codePointAt(at + name.length) ?? 32);
    const goesOn = WORD.test(after) && WORD.test([...name].at(-1) ?? "");
    return text.startsWith(name, at) && !goesOn;
  });
  return here.reduce((longest, { name }) => (name.length > longest.length ? name : longest), "");
}

/** Where only plain words have room, what is covered stays so. @param {string} body */
export const masked = (body) => body.replace(/\|\|.+?(?:\|\||$)/gsu, `[${t("spoiler")}]`);

/**
 * What stands between two `||` is covered until somebody wants to read it.
 * @param {string} body
 * @returns {({text: string} | {spoiler: string})[]}
 */
export function covered(body) {
  /** @type {({text: string} | {spoiler: string})[]} */
  const parts = [];
  let at = 0;
  for (const match of body.matchAll(/\|\|(.+?)\|\|/gsu)) {
    if (match.index > at) parts.push({ text: body.slice(at, match.index) });
    parts.push({ spoiler: match[1].trim() });
    at = match.index + match[0].length;
  }
  return at < body.length ? [...parts, { text: body.slice(at) }] : parts;
}

/**
 * @param {string} body
 * @param {number} [longest] the film's length in seconds; 0 where there is no film
 * @param {Mention[]} [mentions] whom the message names
 * @returns {Piece[]}
 */
export function pieces(body, longest = 0, mentions = []) {
  const plain = (/** @type {string} */ text) =>
    names(text, mentions, (between) => times(between, longest));
  /** @type {Piece[]} */
  const found = [];
  let at = 0;
  for (const match of body.matchAll(LINK)) {
    const text = match[0].replace(TRAILING, "");
    const href = safeHref(text);
    if (!href) continue;
    found.push(...plain(body.slice(at, match.index)), { href, text });
    at = match.index + text.length;
  }
  return [...found, ...plain(body.slice(at))];
}

const PATH_CHARS = 28;

/**
 * An address as it is shown: its host in ASCII, so that none looks like another, and as much of
 * the rest as tells what it is.
 * @param {string} href of a safe link
 * @returns {{host: string, rest: string}}
 */
export function linkWords(href) {
  const { host, pathname, search, hash } = new URL(href);
  const rest = `${pathname === "/" ? "" : pathname}${search}${hash}`;
  return { host, rest: rest.length > PATH_CHARS ? `${rest.slice(0, PATH_CHARS - 1)}…` : rest };
}

/**
 * How a message's length reads against the limit: silent until it matters.
 * @param {string} body
 * @param {number} limit characters
 * @returns {{over: boolean, words: string}}
 */
export function lengthWords(body, limit) {
  const left = limit - [...body].length;
  if (left < 0)
    return { over: true, words: tn("{n} character too long", "{n} characters too long", -left) };
  return {
    over: false,
    words:
      left <= Math.min(100, limit / 4) ? tn("{n} character left", "{n} characters left", left) : "",
  };
}

/** Splits what people write into plain text, safe links and film times. Pure. */

import { tn } from "../lib/words.js";

/** @typedef {{text: string} | {href: string, text: string} | {time: number, text: string}} Piece */

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

/**
 * @param {string} body
 * @param {number} [longest] the film's length in seconds; 0 where there is no film
 * @returns {Piece[]}
 */
export function pieces(body, longest = 0) {
  /** @type {Piece[]} */
  const found = [];
  let at = 0;
  for (const match of body.matchAll(LINK)) {
    const text = match[0].replace(TRAILING, "");
    const href = safeHref(text);
    if (!href) continue;
    found.push(...times(body.slice(at, match.index), longest), { href, text });
    at = match.index + text.length;
  }
  return [...found, ...times(body.slice(at), longest)];
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

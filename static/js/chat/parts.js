/** Where a chunk of messages ends: between groups, unless a group does not end. Pure. */

import { joins } from "./rows.js";

/** @typedef {import("../room/types.js").Message} Message */
/** @typedef {import("./rows.js").Row} Row */
/** @typedef {{key: string, block: string, rows: Row[], gap: boolean}} Drawn the same `rows` as long as nothing in them changed; `gap`: messages are missing in front of it */
/**
 * @typedef {object} Chunk
 * @property {string} key
 * @property {Message[]} messages never none
 * @property {Row[] | null} rows null: to be made
 * @property {string} since the day the rows were made to follow
 * @property {string} until the day they end on
 * @property {boolean} gap
 * @property {string} block neighbours of one block stand and rest together
 */

/** Messages in a chunk; a group that goes on may double it. What comes into sight is laid out by the chunk: ADR 14. */
export const CHUNK = 12;

/**
 * @param {Message[]} messages of a chunk
 * @param {Message} next
 */
export const isFull = (messages, next) =>
  messages.length >= 2 * CHUNK ||
  (messages.length >= CHUNK && !joins(/** @type {Message} */ (messages.at(-1)), next));

/**
 * @param {Message[]} messages in order
 * @returns {Message[][]} one for each chunk
 */
export function partsOf(messages) {
  /** @type {Message[][]} */
  const parts = [];
  for (const message of messages) {
    const part = parts.at(-1);
    if (!part || isFull(part, message)) parts.push([message]);
    else part.push(message);
  }
  return parts;
}

/** Draws the thread by blocks of chunks of rows: only those in which something changed. */

import { html, nothing } from "lit";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import { gapOf } from "./edges.js";
import { rowOf } from "./log.js";

/** @typedef {import("./parts.js").Drawn} Drawn */
/** @typedef {import("./history.js").Asking} Asking */
/** @typedef {import("./log.js").Hands} Hands */

/**
 * @param {Drawn} chunk
 * @param {Hands} hands
 * @param {Asking} gap
 */
const chunkOf = (chunk, hands, gap) =>
  html`${chunk.gap ? gapOf(gap, hands.fill) : nothing}<div class="chunk">${guard(
    [chunk.rows, Boolean(hands.jump), Boolean(hands.react), hands.duration, hands.emotes],
    () =>
      repeat(
        chunk.rows,
        ({ key }) => key,
        (row) => rowOf(row, hands),
      ),
  )}</div>`;

/**
 * What the drawing of a block hangs on: nothing of it changed, nothing is looked at.
 * @param {Drawn[]} chunks
 * @param {Hands} hands
 * @param {Asking} gap
 */
const stateOf = (chunks, { jump, react, duration, emotes }, gap) => [
  Boolean(jump),
  Boolean(react),
  duration,
  emotes,
  ...chunks.map(({ rows }) => rows),
  ...chunks.map((chunk) => chunk.gap && `${gap.loading} ${gap.failed}`),
];

/**
 * Only chunks with other rows, or other things a click may do, are drawn again.
 * @param {Drawn[]} chunks
 * @param {Hands} hands
 * @param {Asking} gap
 */
export const logOf = (chunks, hands, gap) =>
  repeat(
    blocksOf(chunks),
    ([{ block }]) => block,
    (block) =>
      html`<div class="block">${guard(stateOf(block, hands, gap), () =>
        repeat(
          block,
          ({ key }) => key,
          (chunk) => chunkOf(chunk, hands, gap),
        ),
      )}</div>`,
  );

/** @param {Drawn[]} chunks @returns {Drawn[][]} neighbours of one block */
function blocksOf(chunks) {
  /** @type {Drawn[][]} */
  const blocks = [];
  for (const chunk of chunks) {
    const block = blocks.at(-1);
    if (block?.[0].block === chunk.block) block.push(chunk);
    else blocks.push([chunk]);
  }
  return blocks;
}

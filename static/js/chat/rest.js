/**
 * Blocks of the log, and the chunks in them, come to rest: drawn once at their true height, from
 * then on the browser lays them out only near what is seen (content-visibility). Their height is
 * remembered, so nothing jumps when they come into sight again.
 */

const RESTING = "is-resting";

/** @param {Element} parent @param {string} kind @returns {Element[]} not by a selector: that would look at every element below */
export const inside = (parent, kind) =>
  [...parent.children].filter(({ classList }) => classList.contains(kind));

/** @param {Element} log the last chunk, where words come, never rests */
export function restful(log) {
  // The browser remembers a height at the end of a frame in which it was laid out.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (!log.clientHeight) return; // out of sight nothing has a height
      const [last, ...blocks] = inside(log, "block").reverse();
      if (last) rest(inside(last, "chunk").slice(0, -1));
      const parted = blocks.filter((block) => rest(inside(block, "chunk")));
      rest(blocks.filter((block) => !parted.includes(block)));
      if (parted.length) restful(log); // a block rests a frame after its chunks
    }),
  );
}

/** @param {Element[]} elements @returns {boolean} whether any of them did not rest yet */
function rest(elements) {
  const fresh = elements.filter(({ classList }) => !classList.contains(RESTING));
  for (const { classList } of fresh) classList.add(RESTING);
  return fresh.length > 0;
}

/** Where something new stands in a block, its height is not the remembered one. @param {Element} log */
export function wake(log) {
  for (const block of inside(log, "block")) {
    if (!block.classList.contains(RESTING)) continue;
    if (inside(block, "chunk").some(({ classList }) => !classList.contains(RESTING)))
      block.classList.remove(RESTING);
  }
}

/** Whether something goes by a name, as people type it. Pure. */

/** Small letters without marks: "Amélie" is found by "amelie". @param {string} text */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();

/**
 * Every word must occur, in any order.
 * @param {string} text
 * @param {string} wanted
 */
export function matches(text, wanted) {
  const within = plain(text);
  return plain(wanted)
    .split(/\s+/)
    .every((word) => within.includes(word));
}

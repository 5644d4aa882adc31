/** Orders of a queue. Pure. */

/**
 * @param {string[]} ids
 * @param {string} id
 * @param {number} to index it shall have
 */
export function moved(ids, id, to) {
  const rest = ids.filter((one) => one !== id);
  rest.splice(Math.max(0, Math.min(rest.length, to)), 0, id);
  return rest;
}

/**
 * The item after the one that is on, or the first.
 * @template {{id: string}} T
 * @param {T[]} queue
 * @param {string | null} nowId
 * @returns {T | null}
 */
export const nextAfter = (queue, nowId) =>
  queue[queue.findIndex(({ id }) => id === nowId) + 1] ?? null;

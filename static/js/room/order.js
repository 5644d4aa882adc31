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
 * What comes after the one that is on, as the server will choose: what most people wish for, and of
 * those what comes soonest; else the next one, and after the last one the first where the list
 * begins again. Without a film that is on it is the first.
 * @template {{id: string, votes?: number}} T
 * @param {T[]} queue
 * @param {string | null} nowId
 * @param {boolean} [loop]
 * @returns {T | null}
 */
export function nextAfter(queue, nowId, loop = false) {
  const at = queue.findIndex(({ id }) => id === nowId) + 1;
  const around = [...queue.slice(at), ...queue.slice(0, at)];
  const wished = around
    .filter(({ id, votes = 0 }) => votes > 0 && id !== nowId)
    .sort((one, other) => (other.votes ?? 0) - (one.votes ?? 0));
  return wished[0] ?? (loop ? around[0] : queue[at]) ?? null;
}

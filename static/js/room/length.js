/** How long a film elsewhere is, only its player finds out: whoever holds the remote tells it once. */

/** @typedef {import("./types.js").Ctx} Ctx */

/**
 * The item whose length the room does not know yet, though this player does.
 * @param {import("./types.js").RoomState} state
 * @param {{itemId: string | null, duration: number | null}} sync
 * @returns {{item_id: string, duration: number} | null}
 */
export function untold({ queue }, { itemId, duration }) {
  const item = queue.find(({ id }) => id === itemId);
  if (!item || item.video_id || item.duration || !duration || !Number.isFinite(duration))
    return null;
  return { item_id: item.id, duration };
}

/** @param {Ctx} ctx */
export function tellLengths({ room, conductor, remote, link, signal }) {
  /** @type {Set<string>} */
  const told = new Set();
  const look = () => {
    if (!conductor.state || !remote.allowed) return;
    const news = untold(room.value, conductor.state);
    if (!news || told.has(news.item_id)) return;
    told.add(news.item_id);
    link.request({ type: "sync:length", ...news }).catch(() => told.delete(news.item_id));
  };
  signal.addEventListener("abort", conductor.on("state", look), { once: true });
}

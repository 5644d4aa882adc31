/** Where this person is in which film: in step with the room, or on their own. */

/** @typedef {import("./watched.js").Here} Here */

/**
 * @param {Pick<import("../room/types.js").Ctx, "room" | "conductor">} ctx
 * @returns {Here}
 */
export function hereOf({ room, conductor }) {
  const itemId = conductor.detached ? conductor.state.itemId : room.value.timeline.item_id;
  return { itemId, atS: itemId ? conductor.position() : 0 };
}

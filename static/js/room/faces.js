/** Who is in the room shows the picture that the room was told of last. */

import { pictureChanged } from "../components/faces.js";

/**
 * @param {import("../lib/store.js").Store<import("./types.js").RoomState | null>} room
 * @param {AbortSignal} signal
 */
export function followFaces(room, signal) {
  const learn = () => {
    for (const { user } of room.value?.members ?? []) pictureChanged(user.id, user.picture ?? null);
  };
  learn();
  room.subscribe((now, before) => now?.members !== before?.members && learn(), signal);
}

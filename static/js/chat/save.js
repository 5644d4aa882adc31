/** The chat of the room as a file to keep. */

import { toastError } from "../components/toast.js";
import { h } from "../lib/dom.js";

/**
 * Asked for by us and not by a link: a refusal has words, and a link would leave the room for them.
 * @param {import("../room/api.js").RoomApi} api
 * @param {string} room its name
 */
export async function saveChat(api, room) {
  try {
    const text = await api.chatFile();
    const name = `${room.replace(/[^\p{L}\p{N} _-]/gu, "").trim() || "chat"}.txt`;
    const href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    h("a", { href, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(href), 10_000);
  } catch (error) {
    toastError(error);
  }
}

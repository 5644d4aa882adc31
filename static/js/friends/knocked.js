/** Somebody asks to come into a room of mine, and I am elsewhere: answered by one tap. */

import { toast, toastError } from "../components/toast.js";
import { http } from "../lib/http.js";
import { t } from "../lib/words.js";

/** @typedef {import("./state.js").Notice} Notice */

/**
 * What was answered by somebody else, or taken back, is answered as well.
 * @param {string} code of the room
 * @param {string} knockId
 * @param {"admit" | "decline"} answer
 * @returns {Promise<boolean>} whether there is nothing left to answer
 */
export async function answer(code, knockId, answer) {
  try {
    await http.post(`/api/rooms/${code}/knocks/${knockId}/${answer}/`);
    return true;
  } catch (error) {
    toastError(error);
    return ["knock_answered", "not_found"].includes(/** @type {any} */ (error).code);
  }
}

/** @param {Notice} notice @param {string} words */
export function knockToast({ data }, words) {
  const run = () => void answer(data.code, data.knock, "admit");
  toast(words, { icon: "people", action: { label: t("Let in"), run } });
}

/** Ways out of a room: leaving it, and closing it. */

import { ask } from "../components/dialog.js";
import { toastError } from "../components/toast.js";
import { t } from "../lib/words.js";

/** @typedef {import("./types.js").Ctx} Ctx */

/** @param {Ctx} ctx */
export async function leave({ room, api }) {
  const owner = room.value.me.role === "owner";
  const words = t("You can come back by the same link. What you wrote stays.");
  if (!owner && !(await ask({ title: t("Leave this room?"), words, yes: t("Leave") }))) return;
  try {
    if (!owner) await api.leave(); // the host just goes home: a room is never without one
    location.assign("/home");
  } catch (error) {
    toastError(error);
  }
}

/** @param {Ctx} ctx */
export async function closeForGood({ api }) {
  const words = t(
    "Everybody is sent out. For 30 days its people can read it, and you can open it again or delete it for good.",
  );
  if (await ask({ title: t("Close this room?"), words, yes: t("Close the room"), bad: true }))
    await api.closeRoom().catch(toastError);
}

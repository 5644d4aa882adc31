/** Tells moderators that reports wait: a count at the room's menu, and a word when one comes. */

import { toast } from "../components/toast.js";
import { find, need } from "../lib/dom.js";
import { t, tn } from "../lib/words.js";

/** @typedef {import("./types.js").Ctx} Ctx */

/**
 * How many of them concern this person.
 * @param {Pick<import("./types.js").RoomState, "me" | "reports">} state
 */
export const waitingOf = ({ me, reports }) => (me.capabilities.includes("moderate") ? reports : 0);

/**
 * @param {Ctx} ctx
 * @param {HTMLElement} button the room's menu, with a place for the count
 */
export function mountReportsSign({ room, views, signal }, button) {
  const count = need("[data-reports-count]", button);
  let shut = () => {};
  const draw = () => {
    const waiting = waitingOf(room.value);
    count.hidden = waiting === 0;
    count.textContent = String(waiting);
    const words = waiting
      ? tn("Room menu, {n} report waits", "Room menu, {n} reports wait", waiting)
      : t("Room menu");
    if (button.getAttribute("aria-label") !== words) button.setAttribute("aria-label", words);
  };
  room.subscribe((now, before) => {
    const [waiting, waited] = [waitingOf(now), waitingOf(before)];
    draw();
    if (waiting <= waited || now.epoch !== before.epoch) return;
    if (find("[data-mod-tabs]")) return; // the sheet is open and shows it
    shut(); // one word for several
    shut = toast(t("Somebody reported something."), {
      icon: "flag",
      action: { label: t("Look"), run: () => views.open("moderation") },
    });
  }, signal);
  draw();
}

/** What one may ask others to do with the film: as the socket carries it, and in words. Pure. */

import { clock } from "../lib/format.js";
import { t, tc } from "../lib/words.js";
import { rateText, titleOf } from "./words.js";

/** @typedef {import("./types.js").RoomState} RoomState */
/** @typedef {import("./types.js").Timeline} Timeline */
/** @typedef {{action: "play" | "pause" | "seek" | "rate" | "load" | "control", position?: number, rate?: number, item_id?: string}} Wish */

/** A jump this near to the one asked for is the one asked for, s. */
const NEAR_S = 1.5;

/**
 * @param {import("./remote.js").Deed} deed
 * @param {any} value seconds, a rate, or an item's id
 * @param {boolean} paused
 * @returns {Wish}
 */
export function wishOf(deed, value, paused) {
  if (deed === "toggle") return { action: paused ? "play" : "pause" };
  if (deed === "seek") return { action: deed, position: value };
  if (deed === "rate") return { action: deed, rate: value };
  return deed === "load" ? { action: deed, item_id: value } : { action: deed };
}

/** What each deed needs to be done, and all that it carries. @type {Record<string, "position" | "rate" | "item_id" | null>} */
const NEEDS = {
  play: null,
  pause: null,
  seek: "position",
  rate: "rate",
  load: "item_id",
  control: null,
};

/**
 * The wish alone out of a frame that carries more. Nothing that the words on the button do not say.
 * @param {Record<string, any>} frame
 * @returns {Wish | null} null for what no button here can do
 */
export function wishIn(frame) {
  const { action } = frame;
  if (!Object.hasOwn(NEEDS, action)) return null;
  const needed = NEEDS[action];
  if (!needed) return { action };
  return frame[needed] == null ? null : { action, [needed]: frame[needed] };
}

/** @param {Wish} a @param {Wish} b */
export const sameWish = (a, b) =>
  a.action === b.action &&
  a.position === b.position &&
  a.rate === b.rate &&
  a.item_id === b.item_id;

/**
 * Whether the room just did what is wished for.
 * @param {Wish} wish
 * @param {string} action of a `sync:command`
 * @param {Timeline} timeline
 */
export function cameAbout(wish, action, timeline) {
  if (wish.action !== action) return false;
  if (wish.position !== undefined) return Math.abs(wish.position - timeline.position) < NEAR_S;
  if (wish.rate !== undefined) return wish.rate === timeline.rate;
  return wish.item_id === undefined || wish.item_id === timeline.item_id;
}

/**
 * What somebody asks for, as "… asks you to" goes on.
 * @param {RoomState} state
 * @param {Wish} wish
 */
export function wishText(state, { action, position = 0, rate = 1, item_id }) {
  const texts = {
    play: () => tc("asks you to", "press play"),
    pause: () => tc("asks you to", "pause"),
    seek: () => tc("asks you to", "go to {time}", { time: clock(position) }),
    rate: () => tc("asks you to", "set the speed to {speed}", { speed: rateText(rate) }),
    load: () => tc("asks you to", "start {title}", { title: titleOf(state, item_id ?? null) }),
    control: () => tc("asks you to", "give the remote"),
  };
  return texts[action]();
}

const YES = {
  play: () => t("Play"),
  pause: () => t("Pause"),
  seek: () => t("Go there"),
  rate: () => t("Set it"),
  load: () => t("Start it"),
  control: () => t("Until I take it back"),
};

/** What the button says that does it. @param {Wish} wish */
export const yesText = ({ action }) => YES[action]();

/**
 * The others who are here and may do it, by user id.
 * @param {RoomState} state
 */
export const holdersOf = ({ me, members }) =>
  members
    .filter(({ user, capabilities, presence }) =>
      [user.id !== me.user.id, capabilities.includes("control"), presence !== "offline"].every(
        Boolean,
      ),
    )
    .map(({ user }) => user.id);

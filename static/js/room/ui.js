/** Small pieces that several parts of the room draw: icons, faces, sentences, how a person's film runs. */

import { html, nothing } from "lit";
import { glyph } from "../components/glyph.js";
import { clock } from "../lib/format.js";
import { t } from "../lib/words.js";

/** @typedef {import("./types.js").Part} Part */
/** @typedef {import("./types.js").Person} Person */
/** @typedef {import("./types.js").Member} Member */
/** @typedef {import("./types.js").RoomState} RoomState */

export { glyph };

/**
 * @param {Person | null} person
 * @param {number} size
 * @param {{badge?: string, speaking?: boolean}} [more]
 */
export const face = (person, size, { badge, speaking = false } = {}) => html`<sw-avatar
  name=${person?.display_name ?? "?"} hue=${person?.avatar ?? 12} who=${person?.id ?? nothing} picture=${person?.picture ?? nothing} size=${size} badge=${badge ?? nothing} ?speaking=${speaking}></sw-avatar>`;

/** @param {Part[]} parts */
export const sentence = (parts) =>
  parts.map((part) => {
    if (typeof part === "string") return part;
    return "b" in part
      ? html`<b dir="auto">${part.b}</b>`
      : html`<b class="num">${clock(part.time)}</b>`;
  });

/**
 * @typedef {{kind: "ok" | "warn" | "off" | "", icon: string, words: string}} Doing
 */

/** Farther off than this a person is not in step yet. */
const IN_STEP_MS = 100;
const RANK = ["detached", "paused", "buffering", "ready", "playing"];

/**
 * How a person's film runs; with several players, how the best of them does.
 * @param {RoomState} state
 * @param {Member} member
 * @returns {Doing}
 */
export function doingOf(state, member) {
  if (member.presence === "offline") return { kind: "off", icon: "", words: t("Not here") };
  if (state.away.includes(member.user.id)) return { kind: "off", icon: "moon", words: t("Away") };
  const players = Object.values(state.watching[member.user.id] ?? {});
  const best = players.sort((a, b) => RANK.indexOf(b.state) - RANK.indexOf(a.state))[0];
  if (!best || !state.timeline.item_id) return { kind: "", icon: "", words: t("Here") };
  if (best.state === "buffering") return { kind: "warn", icon: "clock", words: t("Buffering") };
  if (best.state === "detached") return { kind: "", icon: "eye-off", words: t("Not following") };
  if (Math.abs(best.drift_ms ?? 0) > IN_STEP_MS)
    return { kind: "", icon: "skip", words: t("Catching up") };
  return { kind: "ok", icon: "sync", words: t("In sync") };
}

/**
 * Draws once after everything that changed in one go.
 * @param {() => void} draw
 * @returns {() => void} asks for a drawing
 */
export function drawing(draw) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    queueMicrotask(() => {
      asked = false;
      draw();
    });
  };
}

/**
 * Sets text only where it changed: a live region speaks at every write.
 * @param {Element} element
 * @param {string} text
 */
export const setText = (element, text) => {
  if (element.textContent !== text) element.textContent = text;
};

/** A date of the room: a card above the chat, and in the half hour before it the lobby at the film. */

import { nothing, render } from "lit";
import { drawing } from "../ui.js";
import { EveningDeeds } from "./deeds.js";
import { lobbyCard } from "./lobby.js";
import { leftMs, lobbyOpen } from "./state.js";
import { stripCard } from "./strip.js";

/** @typedef {import("../types.js").Ctx} Ctx */
/**
 * What the cards are drawn from.
 * @typedef {object} Shown
 * @property {Ctx} ctx
 * @property {import("../types.js").Evening} evening
 * @property {EveningDeeds} deeds
 * @property {number} leftS until the start; below zero where it is due
 * @property {boolean} near whether the lobby is open
 */

/** Often enough for a second to change at the same moment for everybody. */
const LOOK_MS = 100;

/**
 * @param {Ctx} ctx
 * @param {{strip: HTMLElement, lobby: HTMLElement}} hosts
 */
export function mountPanel(ctx, { strip, lobby }) {
  const { room, conductor, signal } = ctx;
  const deeds = new EveningDeeds(ctx);
  /** @returns {Shown | null} */
  const shown = () => {
    const { evening } = room.value;
    if (!evening) return null;
    const nowMs = conductor.clock.now();
    const leftS = Math.ceil(leftMs(evening, nowMs) / 1000);
    return { ctx, evening, deeds, leftS, near: lobbyOpen(evening, nowMs) };
  };
  /** A film that runs is not covered by talk of another one. */
  const still = () => room.value.timeline.paused && !room.value.timeline.hold?.resume;

  const draw = drawing(() => {
    const now = shown();
    strip.hidden = !now;
    lobby.hidden = !(now?.near && still());
    render(now ? stripCard(now) : nothing, strip);
    render(now && !lobby.hidden ? lobbyCard(now) : nothing, lobby);
  });
  let drawnS = 0;
  const beat = setInterval(() => {
    const now = shown();
    if (!now?.near || now.leftS === drawnS) return;
    drawnS = now.leftS;
    draw();
  }, LOOK_MS);
  signal.addEventListener("abort", () => clearInterval(beat), { once: true });
  room.subscribe(draw, signal);
  draw();
}

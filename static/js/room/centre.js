/** What stands in the middle of the film: the gesture a browser asks for, who is waited for, what went wrong. */

import { t, tc } from "../lib/words.js";
import "../components/sw-hold.js";
import { html, nothing, render } from "lit";
import { clock } from "../lib/format.js";
import { CONSENT } from "../sync/trouble.js";
import { countdownCard, countdownOf } from "./countdown.js";
import { drawing, glyph } from "./ui.js";
import { namesOf, personOf } from "./words.js";

/** @typedef {import("./types.js").Ctx} Ctx */
/** @typedef {import("./types.js").RoomState} RoomState */

/** A barrier shorter than this is not worth a word on the picture. */
const READY_PATIENCE_MS = 900;

/**
 * How long the room waits at most, where its settings say so.
 * @param {RoomState} state
 * @param {number} nowMs server ms
 */
const secondsLeft = (state, nowMs) => {
  const capMs = (state.room.wait?.cap_s ?? 0) * 1000;
  const since = state.timeline.hold?.since ?? nowMs;
  return capMs ? Math.max(1, Math.ceil((since + capMs - nowMs) / 1000)) : 0;
};

/**
 * @param {Ctx} ctx
 * @param {HTMLElement} host
 * @param {HTMLElement} film
 */
export function mountCentre(ctx, host, film) {
  const { conductor, room, signal } = ctx;
  let counting = false;
  /** @type {{code: string | null, message?: string}} */
  let trouble = { code: null };

  const unlock = () => conductor.unlock();
  const pick = () => {
    const sync = conductor.state;
    const { hold } = room.value.timeline;
    if (!sync || !room.value.timeline.item_id) return nothing;
    if (sync.needsGesture) return bigTap("play", t("Tap to join playback"));
    if (trouble.code === CONSENT) return askOutside(trouble.message ?? "");
    if (trouble.code)
      return card("warning", t("This film cannot play here just now"), trouble.message ?? "", true);
    if (sync.state === "waiting" && sync.waitingReason === "buffering")
      return waiting(sync.waitingFor ?? []);
    if (sync.state === "waiting" && sync.waitingReason === "processing") {
      return card(
        "arc",
        t("The film is prepared up to here"),
        t("It goes on by itself. Ready: {time}", { time: clock(availableOf(room.value)) }),
      );
    }
    const readyFor = hold?.reason === "ready" ? conductor.clock.now() - hold.since : 0;
    if (sync.state === "waiting" && readyFor > READY_PATIENCE_MS)
      return card("arc", t("Getting everyone ready"), t("It starts for all at once."));
    const left = countdownOf(room.value.timeline, conductor.clock.now(), counting);
    counting = left > 0;
    if (counting) return countdownCard(ctx, left);
    if (sync.muted) return bigTap("volume", t("Tap for sound"));
    return nothing;
  };

  const bigTap = (/** @type {string} */ icon, /** @type {string} */ words) =>
    html`<button class="bigtap glass" type="button" data-tap @click=${unlock}>${glyph(icon, "i-24")}${words}</button>`;

  /** @param {string} why one may want it, or not */
  const askOutside = (
    why,
  ) => html`<div class="hold glass hold-ask" role="group" aria-label=${t("This film comes from YouTube")}>
      <span class="disc">${glyph("film")}</span>
      <div><b>${t("This film comes from YouTube")}</b><span class="dim">${why}</span>
        <button class="btn btn-primary btn-40" type="button" data-allow @click=${() => conductor.player?.allow?.()}>${t("Load it")}</button></div></div>`;

  const card = (
    /** @type {string} */ icon,
    /** @type {string} */ words,
    /** @type {string} */ more,
    bad = false,
  ) => html`<sw-hold icon=${icon} words=${words} more=${more} ?bad=${bad}></sw-hold>`;

  const waiting = (/** @type {string[]} */ ids) => {
    const left = secondsLeft(room.value, conductor.clock.now());
    return html`<sw-hold .who=${personOf(room.value, ids[0])} icon="clock" counting
      words=${t("Waiting for {names}", { names: namesOf(room.value, ids) || tc("waiting for", "someone") })}
      more=${left ? t("The film goes on in {n} s at the latest", { n: left }) : t("Their film is loading")}></sw-hold>`;
  };

  const draw = drawing(() => {
    const content = pick();
    film.classList.toggle("has-centre", content !== nothing);
    render(content, host);
  });
  for (const stop of [
    conductor.on("state", draw),
    conductor.on("needs_gesture", draw),
    conductor.on("muted_fallback", draw),
    conductor.on("trouble", (/** @type {any} */ told) => {
      trouble = told ?? { code: null };
      draw();
    }),
  ])
    signal.addEventListener("abort", stop, { once: true });
  const beat = setInterval(() => (counting || room.value.timeline.hold) && draw(), 1000);
  signal.addEventListener("abort", () => clearInterval(beat), { once: true });
  room.subscribe(draw, signal);
  draw();
}

/** @param {RoomState} state */
function availableOf(state) {
  const item = state.queue.find(({ id }) => id === state.timeline.item_id);
  return state.videos[item?.video_id ?? ""]?.available_until ?? item?.video?.available_until ?? 0;
}

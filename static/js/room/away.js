/** Stepping away from the screen for a while: nobody waits, the microphone is off, any touch ends it. */

import { html, nothing, render } from "lit";
import { toast } from "../components/toast.js";
import { t } from "../lib/words.js";
import { glyph } from "./ui.js";

/** @typedef {import("./types.js").Ctx} Ctx */

/** Any of these says that somebody sits there again. */
const TOUCHES = ["pointerdown", "keydown"];

/** @param {Ctx} ctx @param {boolean} away */
export const sayAway = ({ link }, away) =>
  link
    .request({ type: "room:away", away })
    .catch((error) => toast(error.message, { kind: "warn" }));

/**
 * @param {Ctx} ctx
 * @param {import("../voice/call.js").Call} call
 * @param {HTMLElement} host place of the sign that one is away
 */
export function mountAway(ctx, call, host) {
  const { room, conductor, signal } = ctx;
  const back = () => void sayAway(ctx, false);
  /** @type {AbortController | null} */
  let touches = null;

  const left = () => {
    conductor.exempt = true;
    if (call.state.value.phase === "in" && !call.state.value.muted) call.mute(true);
    toast(t("You are away: nobody waits for you. Any key or touch brings you back."), {
      icon: "moon",
    });
    touches = new AbortController();
    for (const type of TOUCHES)
      addEventListener(type, back, { capture: true, once: true, signal: touches.signal });
    render(
      html`<button class="btn btn-quiet btn-40" type="button" data-back @click=${back}>${glyph("moon")}${t("I am back")}</button>`,
      host,
    );
  };
  const returned = () => {
    conductor.exempt = false;
    touches?.abort();
    touches = null;
    render(nothing, host);
  };
  const look = () => {
    const { away, me } = room.value;
    const now = away.includes(me.user.id);
    if (now === (touches !== null)) return;
    if (now) left();
    else returned();
  };
  room.subscribe(look, signal);
  signal.addEventListener("abort", () => touches?.abort(), { once: true });
  look();
}

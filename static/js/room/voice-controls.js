/** What one presses to talk: come in, mute, deafen, hold, settings, leave. */

import { html, nothing } from "lit";
import { t, tn } from "../lib/words.js";
import { keyOf } from "./keys.js";
import { glyph } from "./ui.js";
import { crowd } from "./voice-crowd.js";

/** @typedef {import("./types.js").Ctx} Ctx */
/** @typedef {import("./types.js").RoomState} RoomState */
/** @typedef {import("../voice/call.js").Call} Call */

/**
 * The same for a wide place and for a narrow strip; what the strip has no room for its style leaves
 * out, and the voice sheet has it.
 * @param {Pick<Ctx, "room" | "views">} ctx
 * @param {Call} call
 */
export function controls({ room, views }, call) {
  const state = call.state.value;
  const settings = html`<button class="iconbtn dim" type="button" aria-label=${t("Voice settings")} @click=${() => views.open("voice")}>${glyph("settings")}</button>`;
  if (state.phase !== "in") return joining(room.value, call, settings);
  const { muted, deafened, held, speaking, blocked, listening } = state;
  if (blocked)
    return html`<button class="btn btn-primary" type="button" @click=${() => call.unblock()}>${glyph("volume")}${t("Tap to hear voices")}</button>`;
  const holdable = (muted || held) && !listening && !deafened;
  return html`${crowd(room.value, call, () => views.open("people"))}<button class="iconbtn ${muted || listening ? "iconbtn-bad" : "iconbtn-fill"} ${speaking ? "is-talking" : ""}" type="button"
      data-voice-mute aria-pressed=${listening ? nothing : String(muted)} aria-label=${listening ? t("No microphone. Try again") : t("Mute your microphone")}
      @click=${() => (listening ? void call.switchMicrophone() : call.mute(!muted))}>${glyph(muted || listening ? "mic-off" : "mic")}</button>
    <button class="iconbtn ${deafened ? "iconbtn-bad" : "iconbtn-fill"}" type="button" data-voice-deafen aria-pressed=${deafened}
      aria-label=${t("Deafen")} @click=${() => call.deafen(!deafened)}>${glyph("headphones")}</button>
    <button class="ptt ${held ? "is-held" : ""} ${holdable ? "is-useful" : ""}" type="button" data-voice-hold ?disabled=${listening || deafened}
      @pointerdown=${(/** @type {PointerEvent} */ event) => holdBy(event, call)} @keydown=${(/** @type {KeyboardEvent} */ event) => holdByKey(event, call, true)}
      @keyup=${(/** @type {KeyboardEvent} */ event) => holdByKey(event, call, false)} @blur=${() => call.hold(false)} @contextmenu=${(/** @type {Event} */ event) => event.preventDefault()}>${t("Hold to talk")} ${keyOf("talk") ? html`<kbd class="kbd">${keyOf("talk")}</kbd>` : nothing}</button>
    ${settings}
    <button class="iconbtn iconbtn-bad" type="button" data-voice-leave aria-label=${t("Leave voice")} @click=${() => call.leave()}>${glyph("leave")}</button>`;
}

/**
 * The settings too: a microphone is chosen and tried before anybody hears it.
 * @param {RoomState} state
 * @param {Call} call
 * @param {unknown} settings
 */
function joining(state, call, settings) {
  const busy = call.state.value.phase === "joining";
  const may = state.me.capabilities.includes("voice");
  const { length } = state.voice.peers;
  return html`<button class="btn btn-tint" type="button" data-voice-join ?disabled=${busy || !may} @click=${() => void call.join()}>
      ${busy ? html`<span class="arc" aria-hidden="true"></span>${t("Joining")}` : html`${glyph("mic")}${t("Join voice")}`}</button>
    ${settings}${length ? html`<span class="voice-who">${tn("{n} person talks", "{n} people talk", length)}</span>` : nothing}`;
}

/**
 * The button is held like a walkie-talkie's: wherever the finger goes, letting go ends it.
 * @param {PointerEvent} event
 * @param {Call} call
 */
function holdBy(event, call) {
  const button = /** @type {HTMLElement} */ (event.currentTarget);
  const ended = new AbortController();
  const end = () => {
    ended.abort();
    call.hold(false);
  };
  button.setPointerCapture(event.pointerId);
  for (const type of ["pointerup", "pointercancel", "lostpointercapture"])
    button.addEventListener(type, end, { signal: ended.signal });
  call.hold(true);
}

/**
 * @param {KeyboardEvent} event
 * @param {Call} call
 * @param {boolean} held
 */
function holdByKey(event, call, held) {
  if (event.key !== " " && event.key !== "Enter") return;
  event.preventDefault();
  call.hold(held);
}

/** Talking in the room: the controls beside the people, the talk key, the film lowered meanwhile. */

import { html, nothing, render } from "lit";
import { toast } from "../components/toast.js";
import { plural } from "../lib/format.js";
import { Call } from "../voice/call.js";
import { Ducking } from "../voice/ducking.js";
import { Kept } from "../voice/kept.js";
import { Microphone } from "../voice/microphone.js";
import { Voices } from "../voice/voices.js";
import { isTaken, keysAreOff } from "./keys.js";
import { drawing, glyph } from "./ui.js";

/** @typedef {import("./types.js").Ctx} Ctx */
/** @typedef {import("./types.js").RoomState} RoomState */
/** @typedef {import("../voice/call-state.js").CallState} CallState */

/**
 * What other parts of the room may do with voice.
 * @typedef {object} VoicePart
 * @property {Call} call
 * @property {Kept} kept
 * @property {(speaker: string) => void} route
 * @property {(userId: string, level: number) => void} setVolume
 */

const DUCK_LOOK_MS = 40;

/**
 * @param {Ctx} ctx
 * @param {{hosts: HTMLElement[], sounds: HTMLElement, volume: import("./volume.js").Volume}} parts
 *   `hosts` are places for the controls: one for wide screens, one for narrow ones
 * @returns {VoicePart}
 */
export function mountVoice(ctx, { hosts, sounds, volume }) {
  const { room, link, api, signal } = ctx;
  const kept = new Kept(storage());
  /** @type {Voices | null} */
  let voices = null;
  const call = new Call({
    link,
    ice: () => api.ice(),
    kept,
    microphone: (hooks) => new Microphone(hooks),
    voices: (hooks) => {
      voices = new Voices({ ...hooks, host: sounds, volumeOf: (id) => kept.volumeOf(id) });
      void voices.route(kept.choices.speaker);
      return voices;
    },
    userOf: (session) =>
      room.value.voice.peers.find((peer) => peer.session === session)?.user.id ?? null,
    tell: (words) => toast(words),
    signal,
  });
  const draw = drawing(() => {
    for (const host of hosts) render(controls(ctx, call), host);
  });
  call.state.subscribe((now, before) => {
    if (now.problem && now.problem !== before.problem) toast(now.problem, { kind: "warn" });
    draw();
  }, signal);
  room.subscribe((now, before) => now.voice !== before.voice && draw(), signal);
  room.subscribe((now, before) => now.me !== before.me && draw(), signal);
  addEventListener("pagehide", () => call.leave(), { signal });
  wireTalkKey(call, signal);
  duck(() => othersTalk(room.value, call), kept, volume, signal);
  draw();
  return {
    call,
    kept,
    route: (speaker) => void voices?.route(speaker),
    setVolume: (userId, level) => {
      kept.change({ volumes: { ...kept.choices.volumes, [userId]: level } });
      voices?.refreshVolume(userId);
    },
  };
}

/**
 * @param {Ctx} ctx
 * @param {Call} call
 */
function controls({ room, views }, call) {
  const state = call.state.value;
  if (state.phase !== "in") return joining(room.value, call);
  const { muted, deafened, held, speaking, blocked, listening } = state;
  if (blocked)
    return html`<button class="btn btn-primary" type="button" @click=${() => call.unblock()}>${glyph("volume")}Tap to hear voices</button>`;
  return html`<button class="iconbtn ${muted || listening ? "iconbtn-bad" : "iconbtn-fill"} ${speaking ? "is-talking" : ""}" type="button"
      data-voice-mute aria-pressed=${muted} aria-label=${listening ? "No microphone. Try again" : muted ? "Unmute your microphone" : "Mute your microphone"}
      @click=${() => (listening ? void call.switchMicrophone() : call.mute(!muted))}>${glyph(muted || listening ? "mic-off" : "mic")}</button>
    <button class="iconbtn ${deafened ? "iconbtn-bad" : "iconbtn-fill"}" type="button" data-voice-deafen aria-pressed=${deafened}
      aria-label=${deafened ? "Hear the others again" : "Deafen"} @click=${() => call.deafen(!deafened)}>${glyph("headphones")}</button>
    <button class="ptt ${held ? "is-held" : ""}" type="button" data-voice-hold ?disabled=${listening || deafened}
      @pointerdown=${(/** @type {PointerEvent} */ event) => holdBy(event, call)} @keydown=${(/** @type {KeyboardEvent} */ event) => holdByKey(event, call, true)}
      @keyup=${(/** @type {KeyboardEvent} */ event) => holdByKey(event, call, false)} @contextmenu=${(/** @type {Event} */ event) => event.preventDefault()}>Hold to talk <kbd class="kbd">V</kbd></button>
    <button class="iconbtn dim" type="button" aria-label="Voice settings" @click=${() => views.open("voice")}>${glyph("settings")}</button>
    <button class="iconbtn iconbtn-bad" type="button" data-voice-leave aria-label="Leave voice" @click=${() => call.leave()}>${glyph("leave")}</button>`;
}

/**
 * @param {RoomState} state
 * @param {Call} call
 */
function joining(state, call) {
  const busy = call.state.value.phase === "joining";
  const may = state.me.capabilities.includes("voice");
  const { length } = state.voice.peers;
  return html`<button class="btn btn-tint" type="button" data-voice-join ?disabled=${busy || !may} @click=${() => void call.join()}>
      ${busy ? html`<span class="arc" aria-hidden="true"></span>Joining` : html`${glyph("mic")}Join voice`}</button>
    ${length ? html`<span class="voice-who">${plural(length, "person", "people")} ${length === 1 ? "talks" : "talk"}</span>` : nothing}`;
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

/**
 * V, while it is down. A window that loses the keys lets go.
 * @param {Call} call
 * @param {AbortSignal} signal
 */
function wireTalkKey(call, signal) {
  const isTalk = (/** @type {KeyboardEvent} */ { key, ctrlKey, metaKey, altKey }) =>
    key.toLowerCase() === "v" && !ctrlKey && !metaKey && !altKey;
  const down = (/** @type {KeyboardEvent} */ event) => {
    const target = /** @type {Element} */ (event.target);
    if (!isTalk(event) || event.repeat || keysAreOff() || isTaken(target, event.key)) return;
    call.hold(true);
  };
  const up = () => call.hold(false);
  addEventListener("keydown", down, { signal });
  addEventListener("keyup", (event) => isTalk(event) && up(), { signal });
  addEventListener("blur", up, { signal });
}

/**
 * @param {RoomState} state
 * @param {Call} call
 */
const othersTalk = (state, call) =>
  call.state.value.phase === "in" &&
  (call.state.value.talking.size > 0 ||
    state.voice.peers.some(({ user, speaking }) => speaking && user.id !== state.me.user.id));

/**
 * @param {() => boolean} talks
 * @param {Kept} kept
 * @param {import("./volume.js").Volume} volume
 * @param {AbortSignal} signal
 */
function duck(talks, kept, volume, signal) {
  const ducking = new Ducking();
  const timer = setInterval(() => {
    const { ducking: on, duckDepth } = kept.choices;
    const speaking = on && talks();
    volume.duck(ducking.look({ speaking, depth: duckDepth, nowMs: performance.now() }));
  }, DUCK_LOOK_MS);
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
}

function storage() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

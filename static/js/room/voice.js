/** Talking in the room: joins the call to the page, the talk key, the film lowered meanwhile. */

import { render } from "lit";
import { toast } from "../components/toast.js";
import { takeMicrophoneWish } from "../lib/entering.js";
import { t } from "../lib/words.js";
import { Call } from "../voice/call.js";
import { watchMicrophones } from "../voice/devices.js";
import { Ducking } from "../voice/ducking.js";
import { deviceStorage, Kept } from "../voice/kept.js";
import { Mesh } from "../voice/mesh.js";
import { Microphone } from "../voice/microphone.js";
import { noRelay, RelayWatch } from "../voice/relay.js";
import { Voices } from "../voice/voices.js";
import { mountChime } from "./chime.js";
import { keyChoice } from "./keystore.js";
import { drawing } from "./ui.js";
import { controls } from "./voice-controls.js";

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
  const kept = new Kept(deviceStorage());
  /** @type {Voices | null} */
  let voices = null;
  const settings = { label: t("Voice settings"), run: () => ctx.views.open("voice") };
  /** @param {string} words @param {boolean} mended whether a choice of one's own may mend it */
  const warn = (words, mended) =>
    toast(words, mended ? { kind: "warn", action: settings } : { kind: "warn" });
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
    isHidden: (userId) => ctx.me.isHidden(userId),
    userOf: (session) =>
      room.value.voice.peers.find((peer) => peer.session === session)?.user.id ?? null,
    tell: (words) => toast(words),
    signal,
    backend: (options) => new Mesh({ ...options, open: new RelayWatch({ tell: warn }).open }),
  });
  const draw = drawing(() => {
    for (const host of hosts) render(controls(ctx, call), host);
  });
  call.state.subscribe((now, before) => {
    if (now.problem && now.problem !== before.problem) warn(now.problem, now.problem === noRelay());
    draw();
  }, signal);
  room.subscribe((now, before) => now.voice !== before.voice && draw(), signal);
  room.subscribe((now, before) => now.me !== before.me && draw(), signal);
  addEventListener("pagehide", () => call.leave(), { signal });
  ctx.me.hidden.subscribe(() => void call.hide(), signal);
  keyChoice.subscribe(draw, signal);
  duck(() => othersTalk(room.value, call), kept, volume, signal);
  draw();
  mountChime(ctx, { call, kept });
  watchMicrophones({ devices: navigator.mediaDevices, kept, call, signal });
  if (takeMicrophoneWish()) comeInTalking(ctx, call);
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
 * As it was asked for at the door, once the line is there.
 * @param {Ctx} ctx
 * @param {Call} call
 */
function comeInTalking({ link, remote, signal }, call) {
  const join = () => {
    stop();
    if (remote.can("voice")) void call.join();
  };
  const stop = link.on("open", join);
  signal.addEventListener("abort", stop, { once: true });
  if (link.state.value.name === "live") join();
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

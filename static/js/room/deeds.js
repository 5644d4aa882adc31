/** What keys do in a room: each named deed, done by the part that can. Pure but for the parts. */

import { toast } from "../components/toast.js";
import { t } from "../lib/words.js";
import { stepRate } from "./menus.js";
import { playNext } from "./queue.js";

/** @typedef {import("./types.js").Ctx} Ctx */
/** @typedef {import("./keytable.js").Deed} Deed */

/** One frame of a film at the commonest speed; good enough to look closely. */
const FRAME_S = 1 / 24;

/** What shows in the controls: they come for it, as they come for a hand. */
const SEEN = new Set(["toggle", "skip", "frame", "share", "edge", "faster", "volume", "mute"]);

/**
 * @param {Ctx} ctx
 * @param {{volume: import("./volume.js").Volume, stage: import("./views.js").Stage, call: import("../voice/call.js").Call, idle: import("./idle.js").Idle}} parts
 * @returns {(deed: Deed) => void}
 */
export function doer(ctx, { volume, stage, call, idle }) {
  const { conductor, remote, views } = ctx;
  const length = () => conductor.state?.duration ?? 0;
  /** Voice keys act in a call; outside one they say how to get in. @param {() => void} act */
  const inCall = (act) => {
    if (call.state.value.phase === "in") return act();
    if (call.state.value.phase === "joining" || !remote.can("voice")) return;
    toast(t("You are not in voice yet"), {
      icon: "mic-off",
      action: { label: t("Join voice"), run: () => void call.join() },
    });
  };
  /** @type {Record<string, (deed: any) => unknown>} */
  const table = {
    toggle: () => remote.do("toggle"),
    skip: ({ by }) => remote.skip(by),
    frame: ({ by }) => (conductor.state?.paused || !remote.allowed) && remote.skip(by * FRAME_S),
    share: ({ of }) => (length() || !remote.allowed) && remote.seek(length() * of),
    edge: ({ end }) =>
      end
        ? (length() || !remote.allowed) && remote.seek(Math.max(0, length() - 0.5))
        : remote.seek(0),
    faster: ({ by }) => remote.do("rate", stepRate(conductor.state?.rate ?? 1, by)),
    next: () => playNext(ctx),
    volume: ({ by }) => volume.nudge(by),
    mute: () => volume.toggle(),
    talk: ({ held }) => (held ? inCall(() => call.hold(true)) : call.hold(false)),
    mic: () => inCall(() => call.mute(!call.state.value.muted)),
    deafen: () => inCall(() => call.deafen(!call.state.value.deafened)),
    captions: () => conductor.tracks.toggleSubtitles(),
    full: () => stage.toggleFull(),
    theatre: () => stage.toggleTheatre(),
    pip: () => stage.togglePip(),
    resync: () => conductor.resync(),
    chat: () => views.chat(),
    react: () => views.open("react"),
    help: () => views.open("keys"),
    escape: () => stage.back(),
  };
  return (deed) => {
    if (SEEN.has(deed.name)) idle.wake();
    table[deed.name]?.(deed);
  };
}

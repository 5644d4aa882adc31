/** What keys do in a room: each named deed, done by the part that can. Pure but for the parts. */

import { stepRate } from "./menus.js";
import { playNext } from "./queue.js";

/** @typedef {import("./types.js").Ctx} Ctx */
/** @typedef {import("./keys.js").Deed} Deed */

/** One frame of a film at the commonest speed; good enough to look closely. */
const FRAME_S = 1 / 24;

/**
 * @param {Ctx} ctx
 * @param {{volume: import("./volume.js").Volume, stage: import("./views.js").Stage, call: import("../voice/call.js").Call}} parts
 * @returns {(deed: Deed) => void}
 */
export function doer(ctx, { volume, stage, call }) {
  const { conductor, remote, views } = ctx;
  const length = () => conductor.state?.duration ?? 0;
  const captions = () => {
    const list = conductor.tracks.subtitles();
    const off = list.every(({ active }) => !active);
    if (list.length) conductor.tracks.setSubtitle(off ? list[0].id : -1);
  };
  /** @type {Record<string, (deed: any) => unknown>} */
  const table = {
    toggle: () => remote.do("toggle"),
    skip: ({ by }) => remote.skip(by),
    frame: ({ by }) => conductor.state?.paused && remote.skip(by * FRAME_S),
    share: ({ of }) => length() && remote.seek(length() * of),
    edge: ({ end }) =>
      end ? length() && remote.seek(Math.max(0, length() - 0.5)) : remote.seek(0),
    faster: ({ by }) => remote.do("rate", stepRate(conductor.state?.rate ?? 1, by)),
    next: () => playNext(ctx),
    volume: ({ by }) => volume.nudge(by),
    mute: () => volume.toggle(),
    mic: () => call.mute(!call.state.value.muted),
    deafen: () => call.deafen(!call.state.value.deafened),
    captions,
    full: () => stage.toggleFull(),
    theatre: () => stage.toggleTheatre(),
    pip: () => stage.togglePip(),
    resync: () => conductor.resync(),
    chat: () => views.chat(),
    help: () => views.open("keys"),
  };
  return (deed) => void table[deed.name]?.(deed);
}

/** Lets a small sound tell who comes into the call and who leaves it. */

import { ring } from "../voice/bell.js";
import { Chime } from "../voice/chime.js";

/**
 * @param {Pick<import("./types.js").Ctx, "room" | "signal">} ctx
 * @param {Pick<import("./voice.js").VoicePart, "call" | "kept">} voice
 */
export function mountChime({ room, signal }, { call, kept }) {
  const chime = new Chime({
    play: (move) => {
      ring(move, { speaker: kept.choices.speaker }).catch(() => {}); // a browser without sound
    },
  });
  const look = () => {
    const { voice, me } = room.value;
    const { phase, deafened } = call.state.value;
    chime.look({
      crowd: new Set(voice.peers.map(({ user }) => user.id)),
      mine: me.user.id,
      inCall: phase === "in",
      deafened,
      wanted: kept.choices.sounds,
    });
  };
  room.subscribe((now, before) => now.voice !== before.voice && look(), signal);
  call.state.subscribe((now, before) => now.phase !== before.phase && look(), signal);
}

/** What a click in the log can do, as things stand. */

import { emotesBy } from "./emotes.js";

/** @typedef {import("../room/types.js").Ctx} Ctx */
/** @typedef {import("./log.js").Hands} Hands */

/**
 * @param {Ctx} ctx
 * @param {object} parts
 * @param {import("./outbox.js").Outbox} parts.outbox
 * @param {import("./history.js").History} parts.history
 * @param {(id: string) => void} parts.goTo
 * @param {(id: string) => void} parts.unveil
 * @param {import("./poll.js").Ballot} parts.ballot
 * @param {(id: string, emoji: string, on: boolean) => void} parts.react
 * @returns {Hands}
 */
export function handsOf(
  { room, remote, conductor },
  { outbox, history, goTo, unveil, ballot, react },
) {
  const canJump = remote.allowed && room.value.timeline.item_id;
  return {
    jump: canJump ? (at) => void remote.seek(at) : null,
    retry: (nonce) => void outbox.retry(nonce),
    discard: (nonce) => outbox.discard(nonce),
    fill: () => void history.fill(),
    duration: conductor.state?.duration ?? 0,
    me: room.value.me.user.id,
    emotes: emotesBy(room.value.emotes),
    goTo,
    unveil,
    ballot,
    react: remote.can("chat") ? react : null,
  };
}

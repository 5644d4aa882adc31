/** The strip below the film: who is here, and how each of them does. */

import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { t } from "../lib/words.js";
import { lineOf } from "./line.js";
import { lineBars } from "./line-bars.js";
import { talkOf } from "./talk.js";
import { doingOf, face, glyph } from "./ui.js";

/** @typedef {import("./types.js").Member} Member */
/** @typedef {import("./types.js").RoomState} RoomState */
/** @typedef {import("../voice/call.js").Call} Call */

/**
 * @param {RoomState} state
 * @param {Member[]} people in the order they stand
 * @param {Call} call
 */
export const dockOf = (state, people, call) =>
  repeat(
    people,
    ({ user }) => user.id,
    (member) => seat(state, member, call),
  );

/** @param {RoomState} state @param {Member} member @param {Call} call */
function seat(state, member, call) {
  const talk = talkOf(state, member.user.id, call);
  const { kind, icon, words } = talk ?? doingOf(state, member);
  const mine = member.user.id === state.me.user.id;
  return html`<div class="person ${kind === "off" ? "is-away" : ""}" data-member=${member.user.id} data-presence=${member.presence ?? "online"}>
        ${face(member.user, 44, { badge: badgeOf(member, talk), speaking: talk?.kind === "talk" })}
        <span class="tx"><span class="n ellipsis">${mine ? t("{name} (you)", { name: member.user.display_name }) : member.user.display_name}</span>
        <span class="s ${kind ? `s-${kind}` : ""}">${icon ? glyph(icon) : nothing}${words}${lineBars(lineOf(state, member.user.id, call))}</span></span></div>`;
}

/**
 * @param {Member} member
 * @param {import("./talk.js").Talk | null} talk
 */
function badgeOf({ role }, talk) {
  if (talk?.icon === "mic-off") return "mic-off";
  return role === "owner" ? "host" : undefined;
}

/** Who is in the call, for the narrow strip: their faces, and the name of who talks. */

import { html, nothing } from "lit";
import { tn } from "../lib/words.js";
import { lineOf } from "./line.js";
import { lineBars } from "./line-bars.js";
import { talkOf } from "./talk.js";
import { face } from "./ui.js";

/** @typedef {import("./types.js").RoomState} RoomState */
/** @typedef {import("../voice/call.js").Call} Call */

const FACES = 3;

/**
 * @param {RoomState} state
 * @param {Call} call
 * @param {() => void} show everybody, with how their line is
 */
export function crowd(state, call, show) {
  const people = state.voice.peers.map(({ user }) => ({
    user,
    talks: talkOf(state, user.id, call)?.kind === "talk",
  }));
  const more = people.length - FACES;
  const talker = people.find(({ talks }) => talks)?.user;
  return html`<button class="crowd" type="button" data-voice-crowd @click=${show} aria-label=${tn("{n} person in the call. Show them", "{n} people in the call. Show them", people.length)}>
    <span class="faces">${people.slice(0, FACES).map(({ user, talks }) => face(user, 32, { speaking: talks }))}${more > 0 ? html`<span class="avatar more" aria-hidden="true">+${more}</span>` : nothing}</span>
    ${talker ? html`<span class="who ellipsis">${talker.display_name}</span><span class="wave" aria-hidden="true"><i></i><i></i><i></i></span>` : lineBars(lineOf(state, state.me.user.id, call))}</button>`;
}

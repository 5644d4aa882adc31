/** What may be done about a person: with them, for oneself, and with how they sound. */

import { html, nothing } from "lit";
import { menuItem, openMenuOf } from "../components/drawn-menu.js";
import { t } from "../lib/words.js";
import { sayAway } from "./away.js";
import { personally } from "./hidden.js";
import { lineOf } from "./line.js";
import { managing } from "./managing.js";
import { unreachedText } from "./people-words.js";
import { granters, mayManage } from "./rights.js";
import { glyph } from "./ui.js";

/** @typedef {import("./types.js").Ctx} Ctx */
/** @typedef {import("./types.js").Member} Member */
/** @typedef {import("./types.js").RoomState} RoomState */

/**
 * @param {Ctx} ctx
 * @param {import("./voice.js").VoicePart} voice
 * @param {HTMLElement} button that opens it
 * @param {Member} member
 */
export const openPersonMenu = (ctx, voice, button, member) =>
  openMenuOf(
    button,
    member.user.display_name,
    () => personMenu(ctx, member.user.id),
    ctx.signal,
    () => ofTheirVoice(ctx, voice, member.user.id),
  );

/**
 * @param {Ctx} ctx
 * @param {string} userId
 */
function personMenu(ctx, userId) {
  const { members, me } = ctx.room.value;
  if (userId === me.user.id) return ofOneself(ctx);
  const member = members.find(({ user }) => user.id === userId);
  if (!member) return nothing;
  return html`${mayManage(me, member) ? html`${managing(ctx, member)}<hr>` : nothing}${personally(ctx, member)}`;
}

/** @param {Ctx} ctx */
function ofOneself(ctx) {
  const ask = menuItem({
    words: t("Ask for the remote"),
    icon: "hand",
    run: () => void ctx.remote.ask({ action: "control" }),
  });
  const leave = menuItem({
    words: t("Step away for a moment"),
    icon: "moon",
    run: () => void sayAway(ctx, true),
  });
  return html`${mayAsk(ctx.room.value) ? ask : nothing}${leave}`;
}

/**
 * @param {Ctx} ctx
 * @param {import("./voice.js").VoicePart} voice
 * @param {string} userId
 */
function ofTheirVoice({ room }, voice, userId) {
  const member = room.value.members.find(({ user }) => user.id === userId);
  if (!member || !inCall(room.value, userId)) return nothing;
  return html`<hr>${lineNote(room.value, userId, voice.call)}${loudness(voice, member)}`;
}

/** Who lacks the remote may ask for it, where somebody is here to give it. @param {RoomState} state */
const mayAsk = (state) =>
  !state.me.capabilities.includes("control") && granters(state, state.me).length > 0;

/**
 * The line in words, for fingers and keyboards, which cannot point at the bars.
 * @param {RoomState} state
 * @param {string} userId
 * @param {import("../voice/call.js").Call} call
 */
function lineNote(state, userId, call) {
  const peer = state.voice.peers.find(({ user }) => user.id === userId);
  const unreached = peer && call.state.value.pairs[peer.session] === "unreached";
  const words = unreached ? unreachedText() : lineOf(state, userId, call)?.words;
  return words ? html`<p class="note">${words}</p>` : nothing;
}

/** @param {RoomState} state @param {string} userId */
const inCall = (state, userId) => state.voice.peers.some(({ user }) => user.id === userId);

/**
 * @param {import("./voice.js").VoicePart} voice
 * @param {Member} member
 */
function loudness(voice, { user }) {
  const slide = (/** @type {any} */ event) =>
    voice.setVolume(user.id, Number(event.target.value) / 100);
  return html`<label class="item item-slide" data-keep-open>${glyph("volume")}<span class="sr">${t("How loud {name} is for you", { name: user.display_name })}</span>
    <input class="range" type="range" min="0" max="100" .value=${String(Math.round(voice.kept.volumeOf(user.id) * 100))} @input=${slide}></label>`;
}

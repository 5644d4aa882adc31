/** Who is here: the faces in the header, the strip below the film, the list with what may be done. */

import "../components/sw-person.js";
import { html, nothing, render } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { menuItem, openMenuOf } from "../components/drawn-menu.js";
import { toast } from "../components/toast.js";
import { need } from "../lib/dom.js";
import { t } from "../lib/words.js";
import { personally } from "./hidden.js";
import { lineOf } from "./line.js";
import { lineBars, voiceLine } from "./line-bars.js";
import { managing } from "./managing.js";
import { standing, unreachedText } from "./people-words.js";
import { granters, mayManage, ROLES } from "./rights.js";
import { signOf } from "./rights-words.js";
import { talkOf } from "./talk.js";
import { tick } from "./ticking.js";
import { doingOf, drawing, face, glyph, setText } from "./ui.js";
import { controlText } from "./words.js";

/** @typedef {import("./types.js").Ctx} Ctx */
/** @typedef {import("./types.js").Member} Member */
/** @typedef {import("./types.js").RoomState} RoomState */

const FACES = 5;

/**
 * Hosts first, then oneself, then in the order they came.
 * @param {RoomState} state
 */
export const inOrder = (state) =>
  state.members.toSorted(
    (a, b) =>
      ROLES.indexOf(a.role) - ROLES.indexOf(b.role) ||
      Number(b.user.id === state.me.user.id) - Number(a.user.id === state.me.user.id),
  );

/**
 * @param {Ctx} ctx
 * @param {import("./voice.js").VoicePart} voice
 * @param {{faces: HTMLElement, dock: HTMLElement, list: HTMLElement, count: HTMLElement, name: HTMLElement, sub: HTMLElement}} parts
 */
export function mountPeople(ctx, voice, { faces, dock, list, count, name, sub }) {
  const { room, views, signal } = ctx;

  const drawHead = (/** @type {RoomState} */ state) => {
    for (const place of [name, need("[data-room-heading]")]) setText(place, state.room.name);
    const host = state.room.host?.display_name;
    const control = controlText(state.room.control);
    render(
      html`${host ? html`${t("{host} hosts", { host })}${control ? html`<span class="sep"></span>` : nothing}` : nothing}${control}`,
      sub,
    );
    const people = inOrder(state);
    const more = state.member_count - Math.min(FACES, people.length);
    render(
      html`<button class="faces-btn" type="button" @click=${() => views.open("people")}>
      <span class="faces" aria-hidden="true">${people.slice(0, FACES).map(({ user }) => face(user, 32))}${more > 0 ? html`<span class="avatar more" aria-hidden="true">+${more}</span>` : nothing}</span>
      <span class="here" aria-hidden="true">${t("{n} here", { n: state.member_count })}</span><span class="sr">${t("{n} here. Show the people", { n: state.member_count })}</span></button>`,
      faces,
    );
    count.textContent = String(state.member_count);
  };

  const drawDock = (/** @type {RoomState} */ state) =>
    render(
      repeat(
        inOrder(state),
        ({ user }) => user.id,
        (member) => {
          const talk = talkOf(state, member.user.id, voice.call);
          const { kind, icon, words } = talk ?? doingOf(state, member);
          const mine = member.user.id === state.me.user.id;
          return html`<div class="person ${kind === "off" ? "is-away" : ""}" data-member=${member.user.id} data-presence=${member.presence ?? "online"}>
        ${face(member.user, 44, { badge: badgeOf(member, talk), speaking: talk?.kind === "talk" })}
        <span class="tx"><span class="n ellipsis">${mine ? t("{name} (you)", { name: member.user.display_name }) : member.user.display_name}</span>
        <span class="s ${kind ? `s-${kind}` : ""}">${icon ? glyph(icon) : nothing}${words}${lineBars(lineOf(state, member.user.id, voice.call))}</span></span></div>`;
        },
      ),
      dock,
    );

  const drawList = (/** @type {RoomState} */ state) =>
    render(
      html`<div class="list-acts"><button class="btn btn-quiet btn-40" type="button" @click=${() => views.open("invite")}>${glyph("invite")}${t("Invite")}</button>
        <button class="btn btn-quiet btn-40" type="button" @click=${copyLink}>${glyph("link")}${t("Copy link")}</button></div>
      <ul class="rows">${repeat(
        inOrder(state),
        ({ user }) => user.id,
        (member) => personRow(state, member),
      )}</ul>
      ${state.member_count > state.members.length ? html`<p class="list-note">${t("and {n} more", { n: state.member_count - state.members.length })}</p>` : nothing}`,
      list,
    );

  const personRow = (/** @type {RoomState} */ state, /** @type {Member} */ member) => {
    const { kind, icon, words } = doingOf(state, member);
    const mine = member.user.id === state.me.user.id;
    const about = !mine || mayAsk(state);
    return html`<li class="prow ${kind === "off" ? "is-away" : ""}" data-person=${member.user.id}>
      <sw-person .who=${member.user} standing=${standing(member, mine)} ?crown=${member.role === "owner"}
        .signs=${signsOf(member, ctx.conductor.clock.now())} .doing=${{ kind, icon, words }} .line=${voiceLine(state, member.user.id, voice.call)}
        more=${about ? t("More about {name}", { name: member.user.display_name }) : ""}
        @more=${(/** @type {CustomEvent} */ { detail }) => openMenu(detail, member)}></sw-person></li>`;
  };

  const openMenu = (/** @type {HTMLElement} */ button, /** @type {Member} */ member) =>
    openMenuOf(
      button,
      member.user.display_name,
      () => personMenu(ctx, member.user.id),
      signal,
      () => ofTheirVoice(ctx, voice, member.user.id),
    );

  const copyLink = async () => {
    await navigator.clipboard.writeText(`${location.origin}/r/${ctx.boot.code}`);
    toast(
      room.value.room.visibility === "private" && room.value.room.knocks
        ? t("Copied. Whoever opens it asks at the door.")
        : room.value.room.visibility === "private"
          ? t("Copied. Only people of this room can open it; others need an invite.")
          : t("Room link copied"),
      { kind: "ok" },
    );
  };

  const draw = drawing(() => {
    const state = room.value;
    drawHead(state);
    drawDock(state);
    drawList(state);
  });
  room.subscribe(draw, signal);
  voice.call.state.subscribe(draw, signal);
  tick(ctx, draw);
  draw();
}

/**
 * @param {Ctx} ctx
 * @param {string} userId
 */
function personMenu(ctx, userId) {
  const { members, me } = ctx.room.value;
  const member = members.find(({ user }) => user.id === userId);
  if (userId === me.user.id && mayAsk(ctx.room.value))
    return menuItem({
      words: t("Ask for the remote"),
      icon: "hand",
      run: () => void ctx.remote.ask({ action: "control" }),
    });
  if (!member || userId === me.user.id) return nothing;
  return html`${mayManage(me, member) ? html`${managing(ctx, member)}<hr>` : nothing}${personally(ctx, member)}`;
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
 * Rights of their own, in the row of a person.
 * @param {Member} member
 * @param {number} nowMs server time
 */
const signsOf = ({ rights = [] }, nowMs) =>
  rights
    .filter(({ until }) => until === null || until > nowMs)
    .map((right) => signOf(right, nowMs));

/**
 * @param {Member} member
 * @param {import("./talk.js").Talk | null} talk
 */
function badgeOf({ role }, talk) {
  if (talk?.icon === "mic-off") return "mic-off";
  return role === "owner" ? "host" : undefined;
}

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

/** Who is here: the faces in the header, the strip below the film, the list with what may be done. */

import "../components/sw-person.js";
import { html, nothing, render } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { toast } from "../components/toast.js";
import { need } from "../lib/dom.js";
import { t } from "../lib/words.js";
import { dockOf } from "./dock.js";
import { voiceLine } from "./line-bars.js";
import { standing } from "./people-words.js";
import { openPersonMenu } from "./person-menu.js";
import { ROLES } from "./rights.js";
import { signOf } from "./rights-words.js";
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
    render(dockOf(state, inOrder(state), voice.call), dock);

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
    return html`<li class="prow ${kind === "off" ? "is-away" : ""}" data-person=${member.user.id}>
      <sw-person .who=${member.user} standing=${standing(member, mine)} ?crown=${member.role === "owner"}
        .signs=${signsOf(member, ctx.conductor.clock.now())} .doing=${{ kind, icon, words }} .line=${voiceLine(state, member.user.id, voice.call)}
        more=${t("More about {name}", { name: member.user.display_name })}
        @more=${(/** @type {CustomEvent} */ { detail }) => openPersonMenu(ctx, voice, detail, member)}></sw-person></li>`;
  };

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
 * Rights of their own, in the row of a person.
 * @param {Member} member
 * @param {number} nowMs server time
 */
const signsOf = ({ rights = [] }, nowMs) =>
  rights
    .filter(({ until }) => until === null || until > nowMs)
    .map((right) => signOf(right, nowMs));

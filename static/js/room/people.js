/** Who is here: the faces in the header, the strip below the film, the list with what may be done. */

import { html, nothing, render } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { ask } from "../components/dialog.js";
import { toast, toastError } from "../components/toast.js";
import { plural } from "../lib/format.js";
import { menuItem, menuOn } from "./menus.js";
import { doingOf, drawing, face, glyph } from "./ui.js";
import { controlText, roleText } from "./words.js";

/** @typedef {import("./types.js").Ctx} Ctx */
/** @typedef {import("./types.js").Member} Member */
/** @typedef {import("./types.js").RoomState} RoomState */

const RANK = ["owner", "moderator", "member", "guest"];
const FACES = 5;

/**
 * Hosts first, then oneself, then in the order they came.
 * @param {RoomState} state
 */
export const inOrder = (state) =>
  state.members.toSorted(
    (a, b) =>
      RANK.indexOf(a.role) - RANK.indexOf(b.role) ||
      Number(b.user.id === state.me.user.id) - Number(a.user.id === state.me.user.id),
  );

/**
 * Whether one person may send another away, or change what they may do.
 * @param {Member} me
 * @param {Member} other
 */
export const mayManage = (me, other) =>
  me.capabilities.includes("moderate") &&
  me.user.id !== other.user.id &&
  RANK.indexOf(me.role) < RANK.indexOf(other.role);

/**
 * @param {Ctx} ctx
 * @param {{faces: HTMLElement, dock: HTMLElement, list: HTMLElement, count: HTMLElement, name: HTMLElement, sub: HTMLElement}} parts
 */
export function mountPeople(ctx, { faces, dock, list, count, name, sub }) {
  const { room, views, signal } = ctx;

  const drawHead = (/** @type {RoomState} */ state) => {
    if (name.textContent !== state.room.name) name.textContent = state.room.name;
    const host = state.room.host?.display_name;
    const control = controlText(state.room.control);
    render(
      html`${host ? html`${host} hosts${control ? html`<span class="sep"></span>` : nothing}` : nothing}${control}`,
      sub,
    );
    const people = inOrder(state);
    const more = state.member_count - Math.min(FACES, people.length);
    render(
      html`<button class="faces-btn" type="button" @click=${() => views.open("people")} aria-label=${`${plural(state.member_count, "person", "people")} here. Show them`}>
      <span class="faces">${people.slice(0, FACES).map(({ user }) => face(user, 32))}${more > 0 ? html`<span class="avatar more" aria-hidden="true">+${more}</span>` : nothing}</span>
      <span class="here">${state.member_count} here</span></button>`,
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
          const { kind, icon, words } = doingOf(state, member);
          const mine = member.user.id === state.me.user.id;
          return html`<div class="person ${kind === "off" ? "is-away" : ""}" data-member=${member.user.id} data-presence=${member.presence ?? "online"}>
        ${face(member.user, 44, { badge: member.role === "owner" ? "host" : undefined })}
        <span class="tx"><span class="n ellipsis">${member.user.display_name}${mine ? " (you)" : ""}</span>
        <span class="s ${kind ? `s-${kind}` : ""}">${icon ? glyph(icon) : nothing}${words}</span></span></div>`;
        },
      ),
      dock,
    );

  const drawList = (/** @type {RoomState} */ state) =>
    render(
      html`<div class="list-acts"><button class="btn btn-quiet btn-40" type="button" @click=${() => views.open("invite")}>${glyph("invite")}Invite</button>
        <button class="btn btn-quiet btn-40" type="button" @click=${copyLink}>${glyph("link")}Copy link</button></div>
      <ul class="rows">${repeat(
        inOrder(state),
        ({ user }) => user.id,
        (member) => personRow(state, member),
      )}</ul>
      ${state.member_count > state.members.length ? html`<p class="list-note">and ${state.member_count - state.members.length} more</p>` : nothing}`,
      list,
    );

  const personRow = (/** @type {RoomState} */ state, /** @type {Member} */ member) => {
    const { kind, icon, words } = doingOf(state, member);
    const mine = member.user.id === state.me.user.id;
    return html`<li class="prow ${kind === "off" ? "is-away" : ""}" data-person=${member.user.id}>
      ${face(member.user, 40)}
      <span class="tx"><span class="n"><span class="ellipsis">${member.user.display_name}</span>${member.role === "owner" ? glyph("crown") : nothing}</span>
        <span class="s ellipsis">${mine ? "You · " : ""}${roleText(member.role)}${member.capabilities.includes("control") && member.role !== "owner" ? ", may press play" : ""}</span></span>
      <span class="state ${kind ? `s-${kind}` : ""}">${icon ? glyph(icon) : nothing}${words}</span>
      ${mayManage(state.me, member) ? html`<button class="iconbtn iconbtn-36 dim" type="button" aria-label=${`More about ${member.user.display_name}`} @click=${(/** @type {Event} */ event) => openMenu(event, member)}>${glyph("more")}</button>` : nothing}</li>`;
  };

  /** @type {WeakSet<HTMLElement>} */
  const wired = new WeakSet();
  const openMenu = (/** @type {Event} */ event, /** @type {Member} */ member) => {
    const button = /** @type {HTMLElement} */ (event.currentTarget);
    if (wired.has(button)) return;
    wired.add(button);
    menuOn(
      button,
      member.user.display_name,
      () => personMenu(ctx, member.user.id),
      signal,
    ).menu.togglePopover();
  };

  const copyLink = async () => {
    await navigator.clipboard.writeText(`${location.origin}/r/${ctx.boot.code}`);
    toast(
      room.value.room.visibility === "private"
        ? "Copied. Only people of this room can open it; others need an invite."
        : "Room link copied",
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
  draw();
}

/**
 * @param {Ctx} ctx
 * @param {string} userId
 */
function personMenu({ room, api }, userId) {
  const { members, me } = room.value;
  const member = members.find(({ user }) => user.id === userId);
  if (!member) return nothing;
  const roles = RANK.slice(RANK.indexOf(me.role) + 1);
  return html`<p class="cap">${member.user.display_name} is</p>
    ${roles.map((role) => menuItem({ words: roleText(role), checked: role === member.role, run: () => api.setRole(userId, role).catch(toastError) }))}
    <hr>${menuItem({ words: "Remove from the room", icon: "leave", bad: true, run: () => remove(api, member) })}`;
}

/**
 * @param {import("./api.js").RoomApi} api
 * @param {Member} member
 */
async function remove(api, { user }) {
  const words =
    "They leave at once, and the room's link and old invites no longer let them in. A new invite does.";
  if (!(await ask({ title: `Remove ${user.display_name}?`, words, yes: "Remove", bad: true })))
    return;
  await api.kick(user.id).catch(toastError);
}

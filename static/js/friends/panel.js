/** The friends on the home page: who is where, what waits for an answer, and asking by name. */

import "../components/sw-avatar.js";
import { html, nothing, render } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { menuItem, openMenuOf } from "../components/drawn-menu.js";
import { glyph } from "../components/glyph.js";
import { toast } from "../components/toast.js";
import { find, whileBusy } from "../lib/dom.js";
import { wireForm } from "../lib/forms.js";
import { http } from "../lib/http.js";
import { t } from "../lib/words.js";
import { accept, block, decline, enter, invite, remove, takeBack } from "./deeds.js";
import { inOrder } from "./state.js";
import { doing } from "./words.js";

/** @typedef {import("./line.js").MeLine} MeLine */
/** @typedef {import("./state.js").Friend} Friend */
/** @typedef {import("./state.js").Person} Person */
/** @typedef {{code: string, name: string}} Room one of my own */

/** @param {string} words @param {string} kind @param {(event: any) => unknown} run @param {string} label */
const act = (words, kind, run, label) =>
  html`<button class="btn btn-36 ${kind}" type="button" aria-label=${label} @click=${(/** @type {any} */ event) => whileBusy(event.currentTarget, async () => run(event))}>${words}</button>`;

/**
 * @param {MeLine} line
 * @param {HTMLElement} place
 * @param {{rooms: Room[], drawn: () => void, signal: AbortSignal}} options `drawn` after each drawing
 */
export function mountFriends(line, place, { rooms, drawn, signal }) {
  const draw = () => {
    const { value } = line.state;
    if (!value) return;
    if (place.hasAttribute("aria-busy")) place.replaceChildren(); // the skeleton goes
    place.removeAttribute("aria-busy");
    const { friends, asked_me, asked_by_me } = value;
    const any = friends.length + asked_me.length + asked_by_me.length;
    render(
      any
        ? html`<ul class="friends">
          ${repeat(asked_me, ({ user }) => `a${user.id}`, askRow)}
          ${repeat(inOrder(friends), ({ user }) => user.id, friendRow)}
          ${repeat(asked_by_me, ({ user }) => `b${user.id}`, waitingRow)}</ul>`
        : html`<p class="none">${t("No friends yet. Add somebody by their username, or from a room you share.")}</p>`,
      place,
    );
    drawn();
  };

  /** @param {Person} user @param {unknown} words @param {unknown} acts @param {string} [presence] */
  const row = (
    user,
    words,
    acts,
    presence,
  ) => html`<li class="friend-row ${presence ? "" : "is-asking"}" data-friend=${user.id} data-find=${user.display_name}>
    <sw-avatar name=${user.display_name} hue=${user.avatar} picture=${user.picture ?? nothing} size="40" presence=${presence ?? nothing}></sw-avatar>
    <span class="tx"><span class="h3 ellipsis" dir="auto">${user.display_name}</span><span class="dim small ellipsis">${words}</span></span><span class="acts">${acts}</span></li>`;

  /** @param {{user: Person}} ask */
  const askRow = ({ user }) => {
    const { display_name: name } = user;
    return row(
      user,
      t("Wants to be friends"),
      html`${act(t("Accept"), "btn-primary", () => accept(user), t("Accept {name}", { name }))}${act(t("Decline"), "btn-quiet", () => decline(user), t("Decline {name}", { name }))}`,
    );
  };

  /** @param {{user: Person}} ask */
  const waitingRow = ({ user }) => {
    const { display_name: name } = user;
    return row(
      user,
      t("Asked, no answer yet"),
      act(
        t("Take back"),
        "btn-ghost",
        () => takeBack(user),
        t("Take back the ask to {name}", { name }),
      ),
    );
  };

  /** @param {Friend} friend */
  const friendRow = (friend) => {
    const { user, presence, room } = friend;
    const { display_name: name } = user;
    const join = room
      ? act(
          t("Join"),
          "btn-tint",
          () => enter(room),
          t("Join {name} in {room}", { name, room: room.name }),
        )
      : nothing;
    const call =
      !room && presence !== "offline" && rooms.length
        ? html`<button class="btn btn-36 btn-ghost" type="button" aria-label=${t("Invite {name}", { name })} @click=${(/** @type {any} */ event) => openMenuOf(event.currentTarget, t("Invite to"), () => invitations(user, rooms), signal)}>${t("Invite")}</button>`
        : nothing;
    const more = html`<button class="iconbtn iconbtn-36 dim" type="button" aria-label=${t("More about {name}", { name })} @click=${(/** @type {any} */ event) => menu(event.currentTarget, user)}>${glyph("more")}</button>`;
    return row(
      user,
      doing(friend),
      html`${join}${call}${more}`,
      presence === "offline" ? "off" : "on",
    );
  };

  /** @param {HTMLElement} button @param {Person} user */
  const menu = (button, user) =>
    openMenuOf(button, user.display_name, () => friendMenu(user, rooms), signal);

  line.state.subscribe(draw, signal);
  draw();
}

/** @param {Person} user @param {Room[]} rooms */
const invitations = (user, rooms) =>
  html`<p class="cap">${t("Invite to")}</p>${rooms.map(({ code, name }) => menuItem({ words: name, icon: "invite", run: () => void invite(user, code) }))}`;

/** @param {Person} user @param {Room[]} rooms */
const friendMenu = (
  user,
  rooms,
) => html`${rooms.length ? html`${invitations(user, rooms)}<hr>` : nothing}
  ${menuItem({ words: t("End the friendship"), icon: "x", run: () => void remove(user) })}
  ${menuItem({ words: t("Block"), icon: "eye-off", bad: true, run: () => void block(user) })}`;

/** Asking by username: the form opens, and says what came of it. */
export function wireAdding() {
  const form = /** @type {HTMLFormElement | null} */ (find("[data-add-friend]"));
  const button = find("[data-add]");
  const field = /** @type {HTMLInputElement | null} */ (form && find("input", form));
  if (!form || !button || !field) return;
  button.addEventListener("click", () => {
    form.hidden = !form.hidden;
    button.setAttribute("aria-expanded", String(!form.hidden));
    if (!form.hidden) field.focus();
  });
  wireForm(form, {
    send: async ({ username }) => {
      const { user, state } = await http.post("/api/friends/", { username: username.trim() });
      const name = user.display_name;
      const words =
        state === "accepted"
          ? t("You and {name} are friends now", { name })
          : t("Asked {name} to be friends", { name });
      toast(words, { kind: "ok" });
      form.reset();
      field.focus();
    },
  });
}

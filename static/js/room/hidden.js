/** People one is friends with, or wants nothing to do with, as the room treats them. */

import { html, nothing } from "lit";
import { menuItem } from "../components/drawn-menu.js";
import { askPerson, block, invite, unblock } from "../friends/deeds.js";
import { inOrder, standingOf } from "../friends/state.js";
import { t } from "../lib/words.js";
import { report } from "./moderating.js";
import { face, glyph } from "./ui.js";

/** @typedef {import("./types.js").Ctx} Ctx */
/** @typedef {import("./types.js").Member} Member */

/**
 * What one may do about a person as a person: friends, and blocks.
 * @param {Ctx} ctx
 * @param {Member} member
 */
export function personally(ctx, { user }) {
  const { me, room } = ctx;
  const mine = room.value.me.user;
  if (user.id === mine.id) return nothing;
  if (me.hidden.value.mine.has(user.id))
    return menuItem({ words: t("Unblock"), icon: "eye", run: () => void unblock(user) });
  const standing = standingOf(me.state.value, user.id);
  const both = !mine.guest && !user.guest;
  return html`${both && standing === "none" ? menuItem({ words: t("Add as friend"), icon: "people", run: () => void askPerson(user) }) : nothing}
    ${both && standing === "asks" ? menuItem({ words: t("Accept as friend"), icon: "check", run: () => void askPerson(user) }) : nothing}
    ${standing === "asked" ? html`<p class="note">${t("Asked, no answer yet")}</p>` : nothing}
    ${menuItem({ words: t("Report…"), icon: "flag", run: () => report(ctx, { user }) })}
    ${menuItem({ words: t("Block"), icon: "eye-off", bad: true, run: () => void block(user) })}`;
}

/**
 * Friends who are not in the room, each with one tap to invite them; nothing where there are none.
 * @param {Ctx} ctx
 */
export function friendsToInvite({ me, room, boot }) {
  const here = new Set(room.value.members.map(({ user }) => user.id));
  const away = inOrder(me.state.value?.friends ?? []).filter(({ user }) => !here.has(user.id));
  if (!away.length) return nothing;
  const call = async (/** @type {any} */ { currentTarget: button }, /** @type {any} */ user) => {
    button.disabled = true;
    button.disabled = await invite(user, boot.code); // once is enough: it waits in their list
  };
  return html`<div class="inv-friends"><h3 class="label" id="inv-friends">${t("Friends")}</h3><ul class="inv-old" aria-labelledby="inv-friends">${away.map(
    ({
      user,
      presence,
    }) => html`<li data-invite-friend=${user.id}>${face(user, 32)}<span class="tx"><b class="ellipsis" dir="auto">${user.display_name}</b>
      <span class="dim small">${presence === "offline" ? t("Offline") : t("Online")}</span></span>
      <button class="btn btn-tint btn-36" type="button" aria-label=${t("Invite {name}", { name: user.display_name })} @click=${(/** @type {Event} */ event) => call(event, user)}>${glyph("invite")}${t("Invite")}</button></li>`,
  )}</ul></div>`;
}

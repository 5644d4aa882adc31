/** The half hour before: the same countdown for everybody, who is here, who is ready. */

import { html, nothing } from "lit";
import { clock } from "../../lib/format.js";
import { t } from "../../lib/words.js";
import { itemState } from "../queue.js";
import { face, glyph } from "../ui.js";
import { mayChange } from "./state.js";
import { spokenLeft } from "./words.js";

/** @typedef {import("./panel.js").Shown} Shown */

const SHOWN_MOST = 6;

/** @param {Shown} shown */
export function lobbyCard(shown) {
  const { evening, leftS } = shown;
  return html`<header class="lobby-head"><p class="small dim ellipsis" dir="auto">${evening.title || t("The evening")}</p>
      ${leftS > 0 ? counting(leftS) : due(shown)}
      ${evening.film ? html`<p class="small ellipsis" dir="auto">${evening.film.title}</p>` : nothing}</header>
    ${people(shown)} ${host(shown)}`;
}

/** @param {number} leftS */
const counting = (
  leftS,
) => html`<p class="lobby-clock num" role="timer" aria-label=${t("Until it begins")}>${clock(leftS)}</p>
    <p class="small dim lobby-self">${t("It begins by itself")}</p><p class="sr" role="status">${spokenLeft(leftS)}</p>`;

/** @param {Shown} shown */
const due = ({ ctx, evening }) =>
  evening.waiting === "no_film"
    ? html`<h2 class="h2" role="status">${t("There is no film yet")}</h2>
      <p class="small dim">${t("Add one: it begins as soon as the film can be played.")}</p>
      <button class="btn btn-quiet btn-40" type="button" @click=${() => ctx.views.open("films")}>${glyph("plus")}${t("Add a film")}</button>`
    : html`<h2 class="h2" role="status">${t("It begins")}</h2><p class="small dim">${t("One moment…")}</p>`;

/** @param {Shown} shown */
function people({ ctx, deeds }) {
  const { members, evening_ready: ready, me } = ctx.room.value;
  const here = members.filter(({ presence }) => presence !== "offline");
  const isReady = (/** @type {import("../types.js").Member} */ { user }) => ready.includes(user.id);
  const count = here.filter(isReady).length;
  const mine = ready.includes(me.user.id);
  const more = here.length - SHOWN_MOST;
  return html`<p class="lobby-count small" role="status">${t("{ready} of {n} ready", { ready: count, n: here.length })}</p>
    <ul class="lobby-people">${here.slice(0, SHOWN_MOST).map(
      (
        one,
      ) => html`<li class=${isReady(one) ? "is-ready" : ""}>${face(one.user, 28)}<span class="ellipsis grow" dir="auto">${one.user.display_name}</span>
        <span class="lobby-said small">${isReady(one) ? glyph("check") : nothing}<span>${isReady(one) ? t("ready") : t("not yet")}</span></span></li>`,
    )}${more > 0 ? html`<li class="dim small">${t("and {n} more", { n: more })}</li>` : nothing}</ul>
    <label class="lobby-ready"><b>${t("I am ready")}</b><input class="switch" type="checkbox" role="switch" .checked=${mine} data-lobby-ready
      @change=${(/** @type {any} */ event) => deeds.ready(event.target.checked)(event)}></label>`;
}

/**
 * Is there anything to begin with? Without a film the stage asks for one.
 * @param {import("../types.js").RoomState} state
 */
const playable = (state) =>
  Boolean(state.timeline.item_id) || state.queue.some((item) => itemState(state, item).playable);

/** @param {Shown} shown */
const host = ({ ctx, evening, deeds, leftS }) =>
  mayChange(ctx.room.value, evening)
    ? html`<footer class="lobby-acts"><button class="btn btn-quiet btn-40" type="button" @click=${deeds.later}>${t("10 minutes later")}</button>
      ${leftS > 0 && playable(ctx.room.value) ? html`<button class="btn btn-primary btn-40" type="button" @click=${deeds.start}>${t("Begin now")}</button>` : nothing}</footer>`
    : nothing;

/** The room as a place, as a part of its settings: how many fit in, and a word for who comes. */

import { html } from "lit";
import { t } from "../../lib/words.js";

/** @typedef {import("../types.js").RoomInfo} Room */

/** @param {Room} room */
export const placeFields = ({ seats, welcome }) => html`
  <div class="field-group"><label class="label" for="set-seats">${t("People at once")} <span class="dim">${t("empty: as many as come")}</span></label>
    <div class="field"><input id="set-seats" name="seats" type="number" inputmode="numeric" min="2" max="10000" autocomplete="off" .value=${String(seats ?? "")} aria-describedby="set-seats-hint"></div>
    <p class="hint" id="set-seats-hint">${t("You and the moderators always get in.")}</p></div>
  <div class="field-group"><label class="label" for="set-welcome">${t("Welcome")} <span class="dim">${t("for whoever comes in for the first time")}</span></label>
    <div class="field"><textarea id="set-welcome" name="welcome" rows="3" maxlength="500" .value=${welcome ?? ""}></textarea></div></div>`;

/** @param {Record<string, string>} values */
export const placeOf = ({ seats, welcome }) => ({
  seats: seats?.trim() ? Number(seats) : null,
  welcome: welcome ?? "",
});

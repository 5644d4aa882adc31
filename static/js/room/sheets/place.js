/** The room as a place, as a part of its settings: its address, how many fit in, how long it stays. */

import { html, nothing } from "lit";
import { http } from "../../lib/http.js";
import { t } from "../../lib/words.js";

/** @typedef {import("../types.js").RoomInfo} Room */

/**
 * @param {Room} room
 * @param {boolean} account whether one has an account, which an address takes
 */
export const placeFields = ({ address, seats, welcome, temporary }, account) => html`
  ${
    account
      ? html`<div class="field-group"><label class="label" for="set-address">${t("Address")} <span class="dim">${t("if you like; the code goes on working")}</span></label>
    <div class="field"><span class="dim" aria-hidden="true">/r/</span><input id="set-address" name="address" maxlength="30" autocomplete="off" autocapitalize="none" spellcheck="false" placeholder=${t("sunday-rabbits")} .value=${address ?? ""} aria-describedby="set-address-hint"></div>
    <p class="hint" id="set-address-hint">${t("Others can guess it; it lets nobody in who could not come in with the code.")}</p></div>`
      : nothing
  }
  <div class="field-group"><label class="label" for="set-seats">${t("People at once")} <span class="dim">${t("empty: as many as come")}</span></label>
    <div class="field"><input id="set-seats" name="seats" type="number" inputmode="numeric" min="2" max="10000" autocomplete="off" .value=${String(seats ?? "")} aria-describedby="set-seats-hint"></div>
    <p class="hint" id="set-seats-hint">${t("You and the moderators always get in.")}</p></div>
  <div class="field-group"><label class="label" for="set-welcome">${t("Welcome")} <span class="dim">${t("for whoever comes in for the first time")}</span></label>
    <div class="field"><textarea id="set-welcome" name="welcome" rows="3" maxlength="500" .value=${welcome ?? ""}></textarea></div></div>
  <label class="setting"><span class="tx"><b>${t("Just for this evening")}</b><span>${t("The room closes when nobody was here for six hours")}</span></span><input class="switch" type="checkbox" role="switch" name="temporary" value="1" ?checked=${temporary}></label>`;

/** @param {Record<string, string>} values */
export const placeOf = ({ seats, welcome, temporary }) => ({
  seats: seats?.trim() ? Number(seats) : null,
  welcome: welcome ?? "",
  temporary: Boolean(temporary),
});

/**
 * What the form wants with the address: take this one, give it up (""), or nothing (null).
 * @param {Record<string, string>} values
 * @param {Room} room
 */
export function addressWish({ address }, room) {
  const wish = address?.trim().toLowerCase();
  return wish === undefined || wish === (room.address ?? "") ? null : wish;
}

/**
 * @param {string} path of the room in the API
 * @param {string | null} wish
 */
export async function setAddress(path, wish) {
  if (wish) await http.put(`${path}/address/`, { address: wish });
  else if (wish === "") await http.delete(`${path}/address/`);
}

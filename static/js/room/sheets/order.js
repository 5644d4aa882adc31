/** Keeping order, as a part of the room's settings: pauses, newcomers, what the chat keeps out, bans. */

import { html, nothing } from "lit";
import { toast, toastError } from "../../components/toast.js";
import { length } from "../../lib/format.js";
import { t } from "../../lib/words.js";
import { chosen } from "../moderating.js";
import { face } from "../ui.js";

/** @typedef {import("../types.js").Ctx} Ctx */
/** @typedef {{words: string[], links: string, action: string}} Filters */
/** @typedef {{user: import("../types.js").Person, reason: string, until: string | null}} Ban */
/** @typedef {{filters: Filters, bans: Ban[]}} Kept */

const SLOW_S = [0, 10, 30, 60, 300];
const NEW_GUEST_S = [0, 60, 300, 600];

/**
 * Lengths to choose from, with the one that holds now.
 * @param {number[]} all seconds
 * @param {number} now
 * @returns {[number, string][]}
 */
const pauses = (all, now) =>
  [...new Set([...all, now])]
    .toSorted((a, b) => a - b)
    .map((seconds) => [seconds, seconds ? length(seconds) : t("Not at all")]);

/** @returns {[string, string][]} */
const linkers = () => [
  ["allow", t("Everyone")],
  ["members", t("Members")],
  ["moderators", t("Moderators")],
];
/** @returns {[string, string][]} */
const actions = () => [
  ["refuse", t("Refuse the message")],
  ["mask", t("Put dots in its place")],
];

/**
 * What the host and moderators alone may read; null where it cannot be had.
 * @param {Ctx} ctx
 * @returns {Promise<Kept | null>}
 */
export async function orderOf({ api, remote }) {
  if (!remote.can("moderate")) return null;
  try {
    const [filters, bans] = await Promise.all([api.filters(), api.bans()]);
    return { filters, bans: bans.results };
  } catch (error) {
    toastError(error);
    return null;
  }
}

/**
 * @param {Ctx} ctx
 * @param {Kept} order
 */
export function orderFields(ctx, { filters, bans }) {
  const { room } = ctx.room.value;
  const slow = room.slow_mode_s ?? 0;
  const late = room.new_guest_delay_s ?? 0;
  return html`<h3 class="label">${t("Keeping order")}</h3>
    <label class="setting"><span class="tx"><b>${t("Lock the room")}</b><span>${t("Nobody new comes in; who belongs here comes back")}</span></span><input class="switch" type="checkbox" role="switch" name="locked_in" value="1" ?checked=${room.locked_in}></label>
    ${chosen(t("Wait between two messages"), "slow_mode_s", pauses(SLOW_S, slow), slow)}
    ${chosen(t("New guests only read for"), "new_guest_delay_s", pauses(NEW_GUEST_S, late), late)}
    ${chosen(t("Who may post links"), "links", linkers(), filters.links)}
    <div class="field-group"><label class="label" for="order-words">${t("Words to keep out")}</label>
      <div class="field"><textarea id="order-words" name="words" rows="3" aria-describedby="order-words-hint" .value=${filters.words.join("\n")}></textarea></div>
      <p class="hint" id="order-words-hint">${t("One a line. A * at the end: whatever goes on from there. Only the host and moderators see them.")}</p></div>
    ${chosen(t("When one is used"), "action", actions(), filters.action)}
    ${bans.length ? html`<h3 class="label" id="order-bans">${t("Banned")}</h3><ul class="inv-old" aria-labelledby="order-bans">${bans.map((ban) => banned(ctx, ban))}</ul>` : nothing}`;
}

/** @param {Ctx} ctx @param {Ban} ban */
function banned({ api }, { user, reason }) {
  const lift = async (/** @type {any} */ { currentTarget: button }) => {
    button.disabled = true;
    try {
      await api.unban(user.id);
      button.closest("li").hidden = true;
      toast(t("{name} may come in again.", { name: user.display_name }), { kind: "ok" });
    } catch (error) {
      button.disabled = false;
      toastError(error);
    }
  };
  return html`<li data-ban=${user.id}>${face(user, 32)}<span class="tx"><b class="ellipsis" dir="auto">${user.display_name}</b><span class="dim small" dir="auto">${reason}</span></span>
    <button class="btn btn-quiet btn-36" type="button" aria-label=${t("Lift the ban on {name}", { name: user.display_name })} @click=${lift}>${t("Lift")}</button></li>`;
}

/** @param {Record<string, string>} values */
export const pausesOf = ({ locked_in, slow_mode_s, new_guest_delay_s }) => ({
  locked_in: Boolean(locked_in),
  slow_mode_s: Number(slow_mode_s),
  new_guest_delay_s: Number(new_guest_delay_s),
});

/** @param {Record<string, string>} values @returns {Filters} */
export const filtersOf = ({ words, links, action }) => ({
  words: words
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean),
  links,
  action,
});

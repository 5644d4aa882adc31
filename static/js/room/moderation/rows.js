/** Rows of the moderators' log, and of who is kept out. */

import { html, nothing } from "lit";
import { toast, toastError } from "../../components/toast.js";
import { t } from "../../lib/words.js";
import { face, glyph, sentence } from "../ui.js";
import { measureText, moment } from "./words.js";

/** @typedef {import("../types.js").Ctx} Ctx */

/** @param {import("./calls.js").Measure} measure */
export function measureRow(measure) {
  const { icon, parts } = measureText(measure);
  return html`<li class="mod-measure">${glyph(icon)}<span class="tx"><span>${sentence(parts)}</span>${
    measure.reason ? html`<span class="dim" dir="auto">“${measure.reason}”</span>` : nothing
  }<time class="dim small" datetime=${measure.created_at}>${moment(measure.created_at)}</time></span></li>`;
}

/**
 * @param {Ctx} ctx
 * @param {import("./calls.js").Ban} ban
 * @param {() => void} again
 */
export function banRow({ api }, { user, by, reason, until }, again) {
  const name = user.display_name;
  const lift = async (/** @type {any} */ { currentTarget: button }) => {
    button.disabled = true;
    try {
      await api.unban(user.id);
      toast(t("{name} may come in again.", { name }), { kind: "ok" });
      again();
    } catch (error) {
      button.disabled = false;
      toastError(error);
    }
  };
  const end = until ? t("Until {when}", { when: moment(until) }) : t("Until somebody lifts it");
  return html`<li class="mod-ban" data-ban=${user.id}>${face(user, 36)}<span class="tx"><b class="ellipsis" dir="auto">${name}</b>${
    reason ? html`<span dir="auto">“${reason}”</span>` : nothing
  }<span class="dim small">${end}${by ? ` · ${t("by {who}", { who: by.display_name })}` : ""}</span></span>
    <button class="btn btn-quiet btn-36" type="button" aria-label=${t("Lift the ban on {name}", { name })} @click=${lift}>${t("Lift")}</button></li>`;
}

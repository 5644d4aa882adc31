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
export function banRow({ api }, ban, again) {
  const name = ban.user.display_name;
  return termRow(ban, {
    words: t("Lift"),
    label: t("Lift the ban on {name}", { name }),
    endless: t("Until somebody lifts it"),
    run: async () => {
      await api.unban(ban.user.id);
      toast(t("{name} may come in again.", { name }), { kind: "ok" });
      again();
    },
  });
}

/**
 * Somebody whom something holds for, why and until when, and the button that ends it.
 * @param {{user: import("../types.js").Person, by: import("../types.js").Person | null, reason: string, until: string | null}} terms
 * @param {{words: string, label: string, endless: string, run: () => Promise<void>}} act
 */
export function termRow({ user, by, reason, until }, { words, label, endless, run }) {
  const press = async (/** @type {any} */ { currentTarget: button }) => {
    button.disabled = true;
    await run().catch((error) => {
      button.disabled = false;
      toastError(error);
    });
  };
  const end = until ? t("Until {when}", { when: moment(until) }) : endless;
  return html`<li class="mod-ban" data-ban=${user.id}>${face(user, 36)}<span class="tx"><b class="ellipsis" dir="auto">${user.display_name}</b>${
    reason ? html`<span dir="auto">“${reason}”</span>` : nothing
  }<span class="dim small">${end}${by ? ` · ${t("by {who}", { who: by.display_name })}` : ""}</span></span>
    <button class="btn btn-quiet btn-36" type="button" aria-label=${label} @click=${press}>${words}</button></li>`;
}

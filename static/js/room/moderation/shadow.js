/** Shadow mute: nobody else gets what somebody writes, and they are not told. */

import { html } from "lit";
import { menuItem } from "../../components/drawn-menu.js";
import { toast, toastError } from "../../components/toast.js";
import { t } from "../../lib/words.js";
import { acts, asked, chosen, lengths, line } from "../moderating.js";
import { shadowEnd, shadowMutes, shadowSet } from "./calls.js";

/** @typedef {import("../types.js").Ctx} Ctx */
/** @typedef {import("../types.js").Person} Person */

/** @param {string} name */
const setText = (name) => t("Nobody else reads what {name} writes.", { name });

/**
 * @param {Ctx} ctx
 * @param {Person} user
 * @param {{reason: string, for_s?: number}} terms
 */
export async function shadowMute({ api }, { id, display_name: name }, terms) {
  await shadowSet(api.path, id, terms);
  toast(setText(name), { kind: "ok" });
}

/** @param {Ctx} ctx @param {Person} user */
export async function endShadow({ api }, { id, display_name: name }) {
  await shadowEnd(api.path, id);
  toast(t("Everybody reads what {name} writes from now on.", { name }), { kind: "ok" });
}

/** @param {Ctx} ctx @param {Person} user */
function askShadow({ api }, user) {
  const name = user.display_name;
  asked(
    t("Shadow mute {name}", { name }),
    html`<p class="dim">${t("{name} goes on writing and sees it; nobody else does, and the room is not told.", { name })}</p>
      ${chosen(t("How long"), "length", lengths())}
      ${line(t("Reason"), "reason", 200, t("For the moderators’ log alone."))}
      ${acts(t("Shadow mute"), "btn-bad")}`,
    ({ length, reason }) =>
      shadowSet(api.path, user.id, {
        reason,
        ...(Number(length) ? { for_s: Number(length) } : {}),
      }),
    setText(name),
  );
}

/**
 * What stands in the menu of a person, by whether they are shadow-muted now.
 * @param {Ctx} ctx
 * @param {Person} user
 */
export async function shadowItem(ctx, user) {
  const { results } = await shadowMutes(ctx.api.path, null);
  return results.some((one) => one.user.id === user.id)
    ? menuItem({
        words: t("End the shadow mute"),
        icon: "eye",
        run: () => void endShadow(ctx, user).catch(toastError),
      })
    : menuItem({
        words: t("Shadow mute…"),
        icon: "eye-off",
        bad: true,
        run: () => askShadow(ctx, user),
      });
}

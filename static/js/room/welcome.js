/** The host's word for whoever comes in for the first time, above the chat until it was read. */

import { html, render } from "lit";
import { toastError } from "../components/toast.js";
import { need, whileBusy } from "../lib/dom.js";
import { http } from "../lib/http.js";
import { t, tp } from "../lib/words.js";
import { face } from "./ui.js";

/** @typedef {import("./types.js").Ctx} Ctx */

/**
 * @param {Ctx} ctx
 * @param {HTMLElement} host
 */
export function mountWelcome({ api, boot, room }, host) {
  const { welcome = "" } = boot;
  const { host: owner } = room.value.room;
  if (!welcome || !owner) return;
  const read = (/** @type {Event} */ { currentTarget }) =>
    whileBusy(/** @type {HTMLElement} */ (currentTarget), async () => {
      await http.post(`${api.path}/welcome/`);
      host.hidden = true;
      need("[data-chat-input]").focus();
    }).catch(toastError);
  host.hidden = false;
  render(
    html`${face(owner, 32)}<div class="tx"><p class="dim small">${tp("{who} says welcome", { who: html`<b dir="auto">${owner.display_name}</b>` })}</p>
      <p class="welcome-words" dir="auto">${welcome}</p></div>
      <button class="btn btn-quiet btn-36" type="button" @click=${read}>${t("Got it")}</button>`,
    host,
  );
}

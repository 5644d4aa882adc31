/** A film by its address elsewhere: a file, an HLS playlist, or YouTube. */

import { html } from "lit";
import { toast } from "../../components/toast.js";
import { wireForm } from "../../lib/forms.js";
import { t } from "../../lib/words.js";

/** @typedef {import("../types.js").Ctx} Ctx */

export const addressForm = () =>
  html`<form class="form film-address" novalidate data-film-address>
    <div class="field-group"><label class="label" for="film-url">${t("Or an address")}</label>
      <div class="field"><input id="film-url" name="url" type="url" inputmode="url" required autocomplete="off" spellcheck="false" aria-describedby="film-url-hint"></div>
      <p class="hint" id="film-url-hint">${t("Of a film (.mp4, .webm), a stream (.m3u8) or YouTube. Everybody’s browser fetches it from there.")}</p></div>
    <div class="films-up"><button class="btn btn-quiet btn-40">${t("Add")}</button></div></form>`;

/**
 * @param {Ctx} ctx
 * @param {HTMLFormElement} form
 * @param {() => void} done
 */
export function wireAddress({ api, room, remote }, form, done) {
  wireForm(form, {
    send: async ({ url }) => {
      const item = await api.queueUrl(url.trim());
      done();
      if (room.value.timeline.item_id || !remote.can("control"))
        toast(t("“{title}” is in the queue", { title: item.title }), { kind: "ok" });
      else {
        await remote.do("load", item.id);
        await remote.do("play");
      }
    },
  });
}

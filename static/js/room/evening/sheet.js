/** The sheet to plan an evening: when, which film, a name for it, a word to those who come. */

import { html, nothing, render } from "lit";
import { openDialog } from "../../components/dialog.js";
import { toast, toastError } from "../../components/toast.js";
import { h, need } from "../../lib/dom.js";
import { wireForm } from "../../lib/forms.js";
import { zone } from "../../lib/when.js";
import { t } from "../../lib/words.js";
import { glyph } from "../ui.js";
import { EveningDeeds } from "./deeds.js";

/** @typedef {import("../types.js").Ctx} Ctx */
/** @typedef {import("../types.js").Evening} Evening */

const HOUR_MS = 3_600_000;

/**
 * A moment as a field for date and time has it: in the time zone of whoever fills it in.
 * @param {Date} date
 */
export const localField = (date) =>
  new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

/**
 * What is proposed: tonight at half past eight, or the hour after the next one where that is over.
 * @param {Date} now
 */
export function proposed(now) {
  const tonight = new Date(now);
  tonight.setHours(20, 30, 0, 0);
  if (tonight.getTime() - now.getTime() > HOUR_MS / 2) return tonight;
  const later = new Date(now.getTime() + 2 * HOUR_MS);
  later.setMinutes(0, 0, 0);
  return later;
}

/**
 * @param {Record<string, string>} values
 * @returns {Record<string, unknown>}
 */
export const wishOf = ({ starts_at, title, note, item_id }) => ({
  starts_at: new Date(starts_at).toISOString(),
  title: title ?? "",
  note: note ?? "",
  item_id: item_id || null,
});

/** @param {Ctx} ctx */
export function openSheet(ctx) {
  const { evening } = ctx.room.value;
  const deeds = new EveningDeeds(ctx);
  const dialog = /** @type {HTMLDialogElement} */ (
    h("dialog", { class: "dialog glass glass-strong", "aria-labelledby": "evening-title" })
  );
  document.body.append(dialog);
  render(
    sheet(ctx, evening, () => callOff()),
    dialog,
  );
  const callOff = () =>
    deeds
      .cancel()
      .then((done) => done && dialog.close())
      .catch(toastError);
  wireForm(/** @type {HTMLFormElement} */ (need("form", dialog)), {
    send: async (values) => {
      await deeds.plan(wishOf(values));
      dialog.close();
      toast(evening ? t("Saved") : t("Planned. Everybody in the room is told."), { kind: "ok" });
    },
  });
  void openDialog(dialog).then(() => dialog.remove());
}

/**
 * @param {Ctx} ctx
 * @param {Evening | null} evening
 * @param {() => unknown} callOff
 */
const sheet = (ctx, evening, callOff) => html`
  <header class="dialog-head"><h2 id="evening-title">${evening ? t("Change the evening") : t("Plan an evening")}</h2><button class="iconbtn iconbtn-36 dim" type="button" data-close aria-label=${t("Close")}>${glyph("x")}</button></header>
  <form class="form" novalidate data-evening-form>
    <div class="field-group"><label class="label" for="evening-when">${t("When")}</label>
      <div class="field"><input id="evening-when" name="starts_at" type="datetime-local" required .value=${localField(evening ? new Date(evening.starts_at) : proposed(new Date()))} aria-describedby="evening-when-hint"></div>
      <p class="hint" id="evening-when-hint">${t("Your time, {zone}. Others see it in their own.", { zone: zone() })}</p></div>
    <div class="field-group"><label class="label" for="evening-film">${t("Film")}</label>
      <div class="field"><select id="evening-film" name="item_id">
        <option value="">${t("Whatever is next in the room")}</option>
        ${ctx.room.value.queue.map(({ id, title }) => html`<option value=${id} ?selected=${id === evening?.film?.item_id}>${title}</option>`)}
      </select></div></div>
    <div class="field-group"><label class="label" for="evening-name">${t("Name")} <span class="dim">${t("if you like")}</span></label>
      <div class="field"><input id="evening-name" name="title" maxlength="120" autocomplete="off" .value=${evening?.title ?? ""}></div></div>
    <div class="field-group"><label class="label" for="evening-note">${t("A word to those who come")} <span class="dim">${t("if you like")}</span></label>
      <div class="field"><textarea id="evening-note" name="note" rows="2" maxlength="500" .value=${evening?.note ?? ""}></textarea></div></div>
    <p class="hint">${t("The film starts by itself for everybody who is there. Half an hour before, the room becomes a lobby.")}</p>
    <footer class="dialog-acts">${evening ? html`<button class="btn btn-bad evening-off" type="button" @click=${callOff}>${t("Call it off")}</button>` : nothing}
      <button class="btn btn-ghost" type="button" data-close>${t("Cancel")}</button><button class="btn btn-primary">${evening ? t("Save") : t("Plan it")}</button></footer>
  </form>`;

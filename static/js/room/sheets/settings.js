/** Room settings, for whoever may change them: name, the remote, the door, waiting. */

import { html, nothing, render } from "lit";
import { toast } from "../../components/toast.js";
import { need } from "../../lib/dom.js";
import { wireForm } from "../../lib/forms.js";
import { t } from "../../lib/words.js";
import { glyph } from "../ui.js";
import { filtersOf, orderFields, orderOf, pausesOf } from "./order.js";
import { addressWish, placeFields, placeOf, setAddress } from "./place.js";
import { waitFields, waitOf } from "./waiting.js";

/** @typedef {import("../types.js").Ctx} Ctx */

/** @returns {[string, string][]} */
const controls = () => [
  ["everyone", t("Everyone")],
  ["moderators", t("Moderators")],
  ["owner", t("Only the host")],
];
/** @returns {[string, string][]} */
const doors = () => [
  ["unlisted", t("With the code")],
  ["private", t("Invited")],
  ["public", t("Anyone")],
];

/**
 * @param {string} legend
 * @param {string} name
 * @param {[string, string][]} options
 * @param {string} chosen
 */
const choice = (
  legend,
  name,
  options,
  chosen,
) => html`<fieldset><legend class="label">${legend}</legend>
  <div class="seg">${options.map(
    ([value, words]) =>
      html`<label><input class="sr" type="radio" name=${name} value=${value} ?checked=${value === chosen}>${words}</label>`,
  )}</div></fieldset>`;

/**
 * What the form changes; an untouched password stays as it is.
 * @param {Record<string, string>} values
 */
export function changesOf({
  name,
  control,
  stand_in,
  loop,
  visibility,
  knocks,
  password,
  open_door,
}) {
  return {
    name,
    control,
    stand_in: Boolean(stand_in),
    loop: Boolean(loop),
    visibility,
    knocks: Boolean(knocks),
    ...(open_door ? { password: "" } : password ? { password } : {}),
  };
}

export class SettingsSheet {
  /**
   * @param {Ctx} ctx
   * @param {HTMLElement} body
   * @param {() => void} done
   */
  constructor(ctx, body, done) {
    this.ctx = ctx;
    this.body = body;
    this.done = done;
  }

  /** @param {string} name another sheet in the place of this one */
  #instead = (name) => () => {
    this.done();
    this.ctx.views.open(name);
  };

  async open() {
    const { room } = this.ctx.room.value;
    /** @type {import("./order.js").Kept | null} */
    let order = null; // it comes a moment later, and only for those who keep it
    render(nothing, this.body);
    render(
      html`<form class="form" novalidate data-settings>
      <div class="field-group"><label class="label" for="set-name">${t("Name")}</label><div class="field"><input id="set-name" name="name" maxlength="80" required autocomplete="off" .value=${room.name}></div></div>
      ${choice(t("Who may play and pause"), "control", controls(), room.control)}
      <label class="setting"><span class="tx"><b>${t("Somebody stands in")}</b><span>${t("When nobody is left who may play and pause, one of the others may, until somebody is back")}</span></span><input class="switch" type="checkbox" role="switch" name="stand_in" value="1" ?checked=${room.stand_in}></label>
      <button class="btn btn-ghost btn-40" type="button" @click=${this.#instead("rights")}>${glyph("key")}${t("Who may do what")}</button>
      <button class="btn btn-ghost btn-40" type="button" @click=${this.#instead("emotes")}>${glyph("smile")}${t("Emotes of the room")}</button>
      ${choice(t("Who may come in"), "visibility", doors(), room.visibility)}
      <label class="setting asks-choice"><span class="tx"><b>${t("Others may ask")}</b><span>${t("Whoever has the code waits at the door until somebody lets them in")}</span></span><input class="switch" type="checkbox" role="switch" name="knocks" value="1" ?checked=${room.knocks}></label>
      <div class="field-group"><label class="label" for="set-password">${t("Password")} <span class="dim">${room.locked ? t("there is one; write a new one to change it") : t("if you like")}</span></label>
        <div class="field"><input id="set-password" name="password" type="password" autocomplete="new-password" maxlength="128"></div></div>
      ${room.locked ? html`<label class="setting"><span class="tx"><b>${t("No password")}</b><span>${t("Whoever has the code comes in")}</span></span><input class="switch" type="checkbox" role="switch" name="open_door" value="1"></label>` : nothing}
      ${placeFields(room, !this.ctx.room.value.me.user.guest)}
      ${waitFields(room.wait)}
      <label class="setting"><span class="tx"><b>${t("Begin the list again")}</b><span>${t("After the last film comes the first one")}</span></span><input class="switch" type="checkbox" role="switch" name="loop" value="1" ?checked=${room.loop}></label>
      <div class="form" data-order-fields></div>
      <footer class="dialog-acts"><button class="btn btn-ghost" type="button" data-close="">${t("Cancel")}</button><button class="btn btn-primary">${t("Save")}</button></footer></form>`,
      this.body,
    );
    wireForm(/** @type {HTMLFormElement} */ (need("[data-settings]", this.body)), {
      send: async (values) => {
        const pauses = order ? pausesOf(values) : {};
        await setAddress(this.ctx.api.path, addressWish(values, room));
        await this.ctx.api.update({
          ...changesOf(values),
          wait: waitOf(values),
          ...placeOf(values),
          ...pauses,
        });
        if (order) await this.ctx.api.setFilters(filtersOf(values));
        this.done();
        toast(t("Saved"), { kind: "ok" });
      },
    });
    const place = need("[data-order-fields]", this.body);
    const known = await orderOf(this.ctx);
    if (!known || !place.isConnected) return;
    render(orderFields(this.ctx, known), place);
    order = known;
  }
}

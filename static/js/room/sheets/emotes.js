/** The room's emotes, for whoever may change the room: what there is, one more, one less. */

import { html, render } from "lit";
import { picture } from "../../chat/emotes.js";
import { sheet } from "../../chat/sheets.js";
import { ask } from "../../components/dialog.js";
import { toastError } from "../../components/toast.js";
import { need } from "../../lib/dom.js";
import { wireForm } from "../../lib/forms.js";
import { t, tn } from "../../lib/words.js";
import { glyph } from "../ui.js";

/** @typedef {import("../types.js").Ctx} Ctx */
/** @typedef {import("../types.js").Emote} Emote */

const NAME_MAX = 32;
/** A larger file is refused by the server; it is not shown before either. */
const SHOWN_MAX_BYTES = 512_000;
const TYPES = "image/png,image/jpeg,image/webp,image/gif";

/**
 * A name that may be, made of a file's.
 * @param {string} file
 */
export const nameOf = (file) =>
  file
    .replace(/\.[^.]*$/u, "")
    .normalize("NFD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/gu, "_")
    .replace(/^_+|_+$/gu, "")
    .slice(0, NAME_MAX);

/** @param {Ctx} ctx */
export function openEmotes(ctx) {
  const { room } = ctx;
  const { dialog, closed } = sheet(
    t("Emotes of the room"),
    html`<div class="stack"><div data-emotes></div>${form()}</div>`,
  );
  const list = need("[data-emotes]", dialog);
  const ended = new AbortController();
  void closed.then(() => ended.abort());
  const draw = () => render(listOf(ctx, room.value.emotes), list);
  room.subscribe((now, before) => now.emotes !== before.emotes && draw(), ended.signal);
  draw();
  wire(ctx, /** @type {HTMLFormElement} */ (need("form", dialog)));
}

const form = () =>
  html`<form class="form" novalidate data-emote-new><h3 class="label">${t("A new one")}</h3>
    <div class="emote-new"><span class="emote-none" data-emote-shown></span><div class="field-group">
      <label class="btn btn-quiet btn-44 file-btn">${glyph("upload")}<span>${t("Choose a picture")}</span><input class="sr" id="emote-picture" type="file" name="picture" accept=${TYPES} aria-describedby="emote-hint"></label>
      <p class="hint" id="emote-hint">${t("PNG, JPEG, WebP or GIF, 512 kB at most. It is made small and stands still.")}</p></div></div>
    <div class="field-group"><label class="label" for="emote-name">${t("Name")}</label><div class="field"><span class="dim" aria-hidden="true">:</span><input id="emote-name" name="name" maxlength=${NAME_MAX + 2} required autocomplete="off" autocapitalize="none" spellcheck="false"><span class="dim" aria-hidden="true">:</span></div></div>
    <footer class="dialog-acts"><button class="btn btn-ghost" type="button" data-close="">${t("Close")}</button><button class="btn btn-primary">${t("Add")}</button></footer></form>`;

/** @param {Ctx} ctx @param {Emote[]} emotes */
function listOf(ctx, emotes) {
  const said = emotes.length
    ? tn("{n} emote, written as :name:", "{n} emotes, written as :name:", emotes.length)
    : t("None yet. Everybody here writes one as :name:, or reacts with it.");
  return html`<p class="dim" role="status">${said}</p>
    <ul class="emotes-own">${emotes.map(
      (emote) =>
        html`<li data-emote=${emote.name}>${picture(emote, "")}<span class="tx ellipsis" dir="ltr">:${emote.name}:</span><button class="iconbtn dim" type="button" aria-label=${t("Delete :{name}:", { name: emote.name })} @click=${() => void remove(ctx, emote)}>${glyph("trash")}</button></li>`,
    )}</ul>`;
}

/** @param {Ctx} ctx @param {Emote} emote */
async function remove({ api }, { name }) {
  const sure = await ask({
    title: t("Delete :{name}:?", { name }),
    words: t("Where it was written its name stands again."),
    yes: t("Delete"),
    bad: true,
  });
  if (sure) await api.removeEmote(name).catch(toastError);
}

/** @param {Ctx} ctx @param {HTMLFormElement} form */
function wire({ api }, form) {
  const file = /** @type {HTMLInputElement} */ (need('[name="picture"]', form));
  const name = /** @type {HTMLInputElement} */ (need('[name="name"]', form));
  const shown = need("[data-emote-shown]", form);
  const none = () => render(glyph("smile"), shown);
  none();
  file.addEventListener("change", () => {
    const [chosen] = file.files ?? [];
    if (chosen && !name.value) name.value = nameOf(chosen.name);
    if (chosen && chosen.size <= SHOWN_MAX_BYTES) show(chosen, shown, none);
    else none();
  });
  wireForm(form, {
    check: ({ name: called }) => ({
      ...(file.files?.length ? {} : { picture: [t("Choose a picture first.")] }),
      ...(called.trim() ? {} : { name: [t("Give it a name.")] }),
    }),
    send: async () => {
      await api.addEmote(new FormData(form)); // the list above shows and says it
      form.reset();
      none();
    },
  });
}

/**
 * What was chosen, as it is.
 * @param {File} file
 * @param {HTMLElement} place
 * @param {() => unknown} none what stands there where it is no picture
 */
function show(file, place, none) {
  const reader = new FileReader();
  reader.addEventListener("load", () =>
    render(html`<img class="emote" src=${String(reader.result)} alt="" @error=${none}>`, place),
  );
  reader.readAsDataURL(file);
}

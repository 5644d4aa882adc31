/** Dialogs about one message: what it said before, who reacted, another reaction. */

import { html, nothing, render } from "lit";
import { openDialog } from "../components/dialog.js";
import { toastError } from "../components/toast.js";
import { find, h, icon, need } from "../lib/dom.js";
import { region } from "../lib/format.js";
import { t } from "../lib/words.js";
import { face } from "../room/ui.js";
import { picture, signed } from "./emotes.js";

/** @typedef {import("../room/types.js").Message} Message */
/** @typedef {import("../room/api.js").RoomApi} RoomApi */
/** @typedef {import("./emotes.js").Emotes} Emotes */

/** One may open above another: each has a title of its own. */
let sheets = 0;

/**
 * A dialog that is there while it is open.
 * @param {string} title
 * @param {unknown} content
 * @returns {{dialog: HTMLDialogElement, closed: Promise<string>}}
 */
export function sheet(title, content) {
  const id = `sheet-title-${++sheets}`;
  const body = h("div", {});
  const dialog = h(
    "dialog",
    { class: "dialog glass glass-strong", "aria-labelledby": id },
    h(
      "header",
      { class: "dialog-head" },
      h("h2", { id }, title),
      h(
        "button",
        {
          class: "iconbtn iconbtn-36 dim",
          type: "button",
          "aria-label": t("Close"),
          "data-close": "",
        },
        icon("x"),
      ),
    ),
    body,
  );
  (find("main") ?? document.body).append(dialog);
  render(content, body);
  const closed = openDialog(dialog).finally(() => dialog.remove());
  return { dialog, closed };
}

/** @param {unknown} error @returns {null} */
function refused(error) {
  toastError(error);
  return null;
}

/** @param {RoomApi} api @param {Message} message */
export async function showHistory(api, message) {
  const page = await api.editsOf(message.id).catch(refused);
  if (!page) return;
  const moments = new Intl.DateTimeFormat(region(), { dateStyle: "medium", timeStyle: "short" });
  sheet(
    t("What it said before"),
    html`<ol class="versions">${page.results.map(
      ({ body, edited_at }) =>
        html`<li><time class="dim" datetime=${edited_at}>${t("Until {when}", { when: moments.format(new Date(edited_at)) })}</time><p dir="auto">${body}</p></li>`,
    )}</ol>`,
  );
}

/** @param {RoomApi} api @param {Message} message @param {Emotes} emotes */
export async function showReacted(api, message, emotes) {
  const page = await api.reactionsOf(message.id).catch(refused);
  if (!page) return;
  sheet(
    t("Who reacted"),
    html`<ul class="reacted">${page.results.map(
      ({ emoji, user }) =>
        html`<li>${face(user, 28)}<span class="ellipsis grow" dir="auto">${user.display_name}</span><span class="rx-big">${signed(emoji, emotes)}</span></li>`,
    )}</ul>${page.next ? html`<p class="dim">${t("And more.")}</p>` : ""}`,
  );
}

/**
 * Any emoji there is: typed, pasted, or from the keyboard of the device; or an emote of the room.
 * @param {Emotes} emotes
 * @param {(emoji: string) => void} chosen
 */
export function pickReaction(emotes, chosen) {
  const take = (/** @type {string} */ name) => {
    dialog.close();
    chosen(`:${name}:`);
  };
  const send = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const emoji = input.value.trim();
    if (!emoji) return input.focus();
    dialog.close();
    return chosen(emoji);
  };
  const { dialog } = sheet(
    t("Another reaction"),
    html`<form class="form" novalidate @submit=${send}>${emotes.size ? emoteGrid(emotes, take) : nothing}<div class="field-group"><label class="label" for="any-emoji">${t("One emoji, from your keyboard or pasted")}</label>
      <div class="field"><input class="emoji-in" id="any-emoji" maxlength="40" autocomplete="off" enterkeyhint="send" autofocus></div></div>
      <footer class="dialog-acts"><button class="btn btn-ghost" type="button" data-close="">${t("Cancel")}</button><button class="btn btn-primary">${t("React")}</button></footer></form>`,
  );
  const input = /** @type {HTMLInputElement} */ (need("input", dialog));
  input.focus();
}

/** @param {Emotes} emotes @param {(name: string) => void} take */
const emoteGrid = (emotes, take) =>
  html`<div class="field-group"><span class="label" id="own-emotes">${t("Of this room")}</span><div class="emote-grid" role="group" aria-labelledby="own-emotes">${[
    ...emotes.values(),
  ].map(
    (emote) =>
      html`<button class="react-pick" type="button" @click=${() => take(emote.name)}>${picture(emote)}</button>`,
  )}</div></div>`;

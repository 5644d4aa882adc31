/** Keeping order: a ban with its reason and length, a report with the moment of the film. */

import { html } from "lit";
import { sheet } from "../chat/sheets.js";
import { toast } from "../components/toast.js";
import { need } from "../lib/dom.js";
import { wireForm } from "../lib/forms.js";
import { t } from "../lib/words.js";

/** @typedef {import("./types.js").Ctx} Ctx */
/** @typedef {import("./types.js").Person} Person */
/** @typedef {import("./types.js").Message} Message */

const HOUR_S = 3600;

/** Lengths of a ban, and of a shadow mute; 0 has no end. @returns {[number, string][]} */
export const lengths = () => [
  [HOUR_S, t("For an hour")],
  [24 * HOUR_S, t("For a day")],
  [7 * 24 * HOUR_S, t("For a week")],
  [0, t("Until somebody lifts it")],
];

/** @returns {[string, string][]} */
export const kinds = () => [
  ["spam", t("Spam")],
  ["harassment", t("Harassment")],
  ["spoiler", t("Gives the film away")],
  ["illegal", t("Against the law")],
  ["other", t("Something else")],
];

/**
 * @param {string} label
 * @param {string} name
 * @param {[string | number, string][]} options
 */
export const chosen = (label, name, options, now = options[0]?.[0]) =>
  html`<div class="field-group"><label class="label" for="order-${name}">${label}</label><div class="field"><select id="order-${name}" name=${name}>${options.map(
    ([value, words]) => html`<option value=${value} ?selected=${value === now}>${words}</option>`,
  )}</select></div></div>`;

/**
 * @param {string} label
 * @param {string} name
 * @param {number} most characters
 * @param {string} hint
 */
export const line = (label, name, most, hint) =>
  html`<div class="field-group"><label class="label" for="order-${name}">${label} <span class="dim">${t("if you like")}</span></label>
    <div class="field"><input id="order-${name}" name=${name} maxlength=${most} autocomplete="off" aria-describedby="order-hint"></div>
    <p class="hint" id="order-hint">${hint}</p></div>`;

/** @param {string} yes @param {string} tone */
export const acts = (yes, tone) =>
  html`<footer class="dialog-acts"><button class="btn btn-ghost" type="button" data-close="">${t("Cancel")}</button><button class="btn ${tone}">${yes}</button></footer>`;

/**
 * A form in a dialog of its own.
 * @param {string} title
 * @param {unknown} fields
 * @param {(values: Record<string, string>) => Promise<unknown>} send
 * @param {string} [done] what is said when it is
 */
export function asked(title, fields, send, done = "") {
  const { dialog } = sheet(title, html`<form class="form" novalidate data-order>${fields}</form>`);
  wireForm(/** @type {HTMLFormElement} */ (need("[data-order]", dialog)), {
    send: async (values) => {
      await send(values);
      dialog.close();
      if (done) toast(done, { kind: "ok" });
    },
  });
}

/**
 * @param {Ctx} ctx
 * @param {Person} user
 */
export function ban({ api }, user) {
  asked(
    t("Ban {name}", { name: user.display_name }),
    html`${chosen(t("How long"), "length", lengths())}
      ${line(t("Reason"), "reason", 200, t("They read it when they want to come in. The room only sees that you banned them."))}
      ${acts(t("Ban"), "btn-bad")}`,
    ({ length, reason }) =>
      api.ban(user.id, { reason, ...(Number(length) ? { for_s: Number(length) } : {}) }),
    t("{name} is banned.", { name: user.display_name }),
  );
}

/**
 * @param {Ctx} ctx
 * @param {{user: Person} | {message: Message}} subject
 */
export function report({ api, room, conductor }, subject) {
  const about =
    "user" in subject ? { user_id: subject.user.id } : { message_id: subject.message.id };
  const at = room.value.timeline.item_id ? { media_time: Math.max(0, conductor.position()) } : {};
  asked(
    "user" in subject
      ? t("Report {name}", { name: subject.user.display_name })
      : t("Report this message"),
    html`${chosen(t("What is wrong"), "kind", kinds())}
      ${line(t("Note"), "note", 500, t("Only the host and moderators see it, with the place in the film."))}
      ${acts(t("Report"), "btn-primary")}`,
    ({ kind, note }) => api.report({ ...about, ...at, kind, note }),
    t("Thank you. The moderators look at it."),
  );
}

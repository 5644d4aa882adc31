/** The gallery: dialogs as they stand open, and tabs with their panels. */

import { html } from "lit";
import { ask, drawQuestion } from "../components/dialog.js";
import { glyph } from "../components/glyph.js";
import { wireTabs } from "../components/tabs.js";
import { named, section } from "./parts.js";

/** @type {import("../components/dialog.js").Question} */
const QUESTION = {
  title: "Leave the room?",
  words: "The others watch on. The link brings you back.",
  yes: "Leave",
};
/** @type {import("../components/dialog.js").Question} */
const FINAL = {
  title: "Delete Sunday rabbit?",
  words: "It leaves every room as well, and does not come back.",
  yes: "Delete",
  no: "Keep it",
  bad: true,
};

/** It lies in the gallery without taking the focus, and nothing closes it. @param {HTMLElement} dialog */
function still(dialog) {
  dialog.classList.add("dialog-still");
  dialog.toggleAttribute("open", true);
  for (const one of dialog.querySelectorAll("[autofocus]")) one.removeAttribute("autofocus");
  return dialog;
}

/** @param {string} id @param {string} title */
const head = (id, title) =>
  html`<header class="dialog-head"><h2 id=${id}>${title}</h2><button class="iconbtn iconbtn-36 dim" type="button" aria-label="Close">${glyph("x")}</button></header>`;

/** @param {string} id @param {{bad?: boolean, busy?: boolean}} [state] */
const form = (
  id,
  { bad = false, busy = false } = {},
) => html`<dialog open class="dialog dialog-still glass glass-strong" aria-labelledby=${id}>${head(id, "Rename the film")}
  <div class="form"><div class="field-group"><label class="label" for="${id}-title">Title</label>
    <div class="field"><input id="${id}-title" .value=${bad ? "" : "Sunday rabbit"} aria-invalid=${String(bad)} aria-describedby="${id}-hint"></div>
    <p class="hint ${bad ? "hint-bad" : ""}" id="${id}-hint">${bad ? "A title needs at least one letter." : "In every room."}</p></div></div>
  <footer class="dialog-acts"><button class="btn btn-ghost" type="button">Cancel</button><button class="btn btn-primary" type="button" aria-busy=${String(busy)}>Save</button></footer></dialog>`;

const dialogs = () =>
  section(
    "Dialogs",
    named({
      question: still(drawQuestion(QUESTION)),
      "question, not to be undone": still(drawQuestion(FINAL)),
      form: form("d-form"),
      "form, wrong": form("d-wrong", { bad: true }),
      "form, busy": form("d-busy", { busy: true }),
      "wide, with more than fits": html`<dialog open class="dialog dialog-wide dialog-still dialog-low glass glass-strong" aria-labelledby="d-wide" tabindex="0">${head("d-wide", "Keys")}
        ${Array.from({ length: 12 }, (_, at) => html`<p class="dim">Line ${at + 1} of a long list</p>`)}</dialog>`,
      "over the page": html`<button class="btn btn-quiet" type="button" @click=${() => void ask(QUESTION)}>Open a dialog</button>`,
    }),
    "wide",
  );

/** @param {string} id @param {string[]} words @param {string[]} [counts] */
const tabs = (id, words, counts = []) =>
  html`<div class="panel glass"><div class="seg" role="tablist" aria-label=${id} data-shown-tabs>${words.map(
    (one, at) =>
      html`<button role="tab" type="button" id="${id}-tab-${at}" aria-controls="${id}-${at}" aria-selected=${String(at === 0)}>${one}${counts[at] ? html` <span class="n">${counts[at]}</span>` : ""}</button>`,
  )}</div>${words.map(
    (one, at) =>
      html`<section role="tabpanel" id="${id}-${at}" aria-labelledby="${id}-tab-${at}" tabindex="0"><p class="on-room">What belongs to ${one}</p></section>`,
  )}</div>`;

const rows = () =>
  section(
    "Tabs",
    named({
      "the first is chosen": tabs("t-plain", ["Chat", "People", "Queue"]),
      "with counts": tabs("t-counts", ["Chat", "People", "Queue"], ["", "4", "12"]),
      "long words": tabs("t-long", ["Warteschlange", "Teilnehmende", "Unterhaltung"]),
    }),
    "wide",
  );

/** @returns {unknown[]} */
export const panels = () => [dialogs(), rows()];

/** Once they are drawn. */
export function wirePanels() {
  for (const list of /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll("[data-shown-tabs]")
  ))
    wireTabs(list);
}

/** The HTTP API for reading: the OpenAPI document of this server as a page. */

import { groupsOf } from "../docs/openapi.js";
import { h, need } from "../lib/dom.js";
import { t } from "../lib/words.js";

/** @typedef {import("../docs/openapi.js").Field} Field */
/** @typedef {import("../docs/openapi.js").Call} Call */

/** The description is written in English only, and says so to whoever reads it aloud. */
const ENGLISH = { lang: "en" };
const list = need("[data-api]");
try {
  const answer = await fetch(list.dataset.source ?? "");
  if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
  list.replaceChildren(...groupsOf(await answer.json()).map(groupElement));
} catch (error) {
  list.replaceChildren(
    h(
      "p",
      { role: "alert" },
      t("The description could not be loaded: {reason}.", {
        reason: /** @type {Error} */ (error).message,
      }),
    ),
  );
}
list.setAttribute("aria-busy", "false");

/** @param {{name: string, calls: Call[]}} group */
function groupElement({ name, calls }) {
  return h(
    "section",
    { class: "block", "aria-labelledby": name },
    h("h2", { id: name, ...ENGLISH }, name),
    calls.map(callElement),
  );
}

/** @param {Call} call */
function callElement(call) {
  return h(
    "details",
    { class: "api-call glass" },
    h(
      "summary",
      ENGLISH,
      h("span", { class: "tag api-method" }, call.method),
      h("code", {}, call.path),
    ),
    call.words && h("p", ENGLISH, call.words),
    call.open && h("p", { class: "dim" }, t("Open to those who are not signed in.")),
    fieldsElement(h("h3", {}, t("Parameters")), call.parameters),
    fieldsElement(h("h3", {}, t("Body")), call.body),
    call.answers.map(({ status, words, type, fields }) =>
      fieldsElement(
        h("h3", ENGLISH, `${status} ${[type, words].filter(Boolean).join(": ")}`.trim()),
        fields,
        true,
      ),
    ),
  );
}

/**
 * @param {HTMLElement} title
 * @param {Field[]} fields
 * @param {boolean} [always] show the title even where there is nothing below it
 */
function fieldsElement(title, fields, always = false) {
  if (!fields.length) return always && title;
  return h("div", {}, title, h("ul", { class: "api-fields" }, fields.map(fieldElement)));
}

/** @param {Field} field */
function fieldElement({ name, type, required, words }) {
  return h(
    "li",
    {},
    h("code", {}, required ? name : `${name}?`),
    h("span", { class: "dim", ...ENGLISH }, ` ${type}`),
    words && h("span", ENGLISH, ` · ${words}`),
  );
}

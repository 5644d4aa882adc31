/** Forms that talk to the API: one summary of what is wrong, focused, each line leading to its field. */

import { find, h, icon, whileBusy } from "./dom.js";
import { HttpError } from "./http.js";
import { t } from "./words.js";

/**
 * @typedef {Record<string, string>} Values
 * @typedef {object} FormOptions
 * @property {(values: Values, form: HTMLFormElement) => Promise<unknown>} send
 * @property {(values: Values) => Record<string, string[]>} [check] what can be said without asking the server
 */

/**
 * @param {HTMLFormElement} form
 * @param {FormOptions} options
 */
export function wireForm(form, { send, check = missing(form) }) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const values = /** @type {Values} */ (Object.fromEntries(new FormData(form)));
    clearErrors(form);
    const wrong = check(values);
    if (Object.keys(wrong).length) {
      showErrors(form, "", wrong);
      return;
    }
    const button = find('button:not([type="button"])', form) ?? form;
    await whileBusy(button, () => send(values, form)).catch((error) =>
      showErrors(form, explain(error), fieldsOf(error)),
    );
  });
  form.addEventListener("input", ({ target }) => {
    if (target instanceof Element) target.removeAttribute("aria-invalid");
  });
}

/**
 * What every form knows: required fields must not be empty.
 * @param {HTMLFormElement} form
 * @returns {(values: Values) => Record<string, string[]>}
 */
const missing = (form) => (values) => {
  /** @type {Record<string, string[]>} */
  const wrong = {};
  for (const field of fieldsIn(form)) {
    if (field.required && !values[field.name]?.trim())
      wrong[field.name] = [t("{field} is missing.", { field: labelOf(field) })];
  }
  return wrong;
};

/** @param {HTMLFormElement} form */
const fieldsIn = (form) =>
  /** @type {HTMLInputElement[]} */ ([
    ...form.querySelectorAll("input[name], select[name], textarea[name]"),
  ]);

/** @param {HTMLInputElement} field */
const labelOf = (field) => field.labels?.[0]?.firstChild?.textContent?.trim() || t("This field");

/** @param {unknown} error */
const fieldsOf = (error) => (error instanceof HttpError ? error.fields : {});

/**
 * An error in words, with the time to wait where there is one.
 * @param {unknown} error
 */
export function explain(error) {
  if (!(error instanceof Error)) return t("Something went wrong. Try again.");
  const wait = error instanceof HttpError ? error.retryAfter : undefined;
  return wait
    ? t("{reason} You can try again in {time}.", {
        reason: error.message.replace(/\.?$/, "."),
        time: waiting(wait),
      })
    : error.message;
}

/** @param {number} seconds */
const waiting = (seconds) =>
  seconds < 90
    ? t("{n} s", { n: Math.ceil(seconds) })
    : t("{n} min", { n: Math.ceil(seconds / 60) });

/** @param {HTMLFormElement} form */
export function clearErrors(form) {
  find(".error-summary", form)?.remove();
  for (const field of fieldsIn(form)) {
    field.removeAttribute("aria-invalid");
    field.setAttribute("aria-describedby", field.dataset.describedby ?? "");
  }
  for (const hint of form.querySelectorAll("[data-field-error]")) hint.remove();
}

/**
 * @param {HTMLFormElement} form
 * @param {string} words
 * @param {Record<string, string[]>} byField
 */
export function showErrors(form, words, byField = {}) {
  const known = fieldsIn(form).filter((field) => byField[field.name]?.length);
  for (const field of known) markField(field, /** @type {string[]} */ (byField[field.name]));
  const lines = known.map((field) =>
    h(
      "li",
      {},
      h(
        "a",
        { href: `#${field.id}`, onclick: () => field.focus() },
        /** @type {string[]} */ (byField[field.name])[0],
      ),
    ),
  );
  const said = lines.length
    ? h("ul", {}, ...lines)
    : h("p", {}, words || t("Something is not right. Check the form."));
  const summary = h(
    "div",
    { class: "error-summary", role: "alert", tabindex: "-1" },
    icon("warning"),
    said,
  );
  form.prepend(summary);
  (lines.length === 1 && known[0] ? known[0] : summary).focus();
}

/**
 * @param {HTMLInputElement} field
 * @param {string[]} words
 */
function markField(field, words) {
  const id = `${field.id}-error`;
  field.setAttribute("aria-invalid", "true");
  field.dataset.describedby ??= field.getAttribute("aria-describedby") ?? "";
  field.setAttribute("aria-describedby", `${id} ${field.dataset.describedby}`.trim());
  const hint = h(
    "p",
    { class: "hint hint-bad", id, "data-field-error": true },
    icon("warning"),
    words.join(" "),
  );
  (field.closest(".field-group") ?? field.parentElement ?? field).append(hint);
}

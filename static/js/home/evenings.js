/** Evenings on the home page: said in the time zone of whoever reads it, and answered by one tap. */

import { ANSWERED, answerEvening } from "../components/answers.js";
import { toastError } from "../components/toast.js";
import { whileBusy } from "../lib/dom.js";
import { delegate } from "../lib/events.js";
import { when } from "../lib/when.js";

/** @param {ParentNode} root */
export function sayWhen(root) {
  for (const time of /** @type {NodeListOf<HTMLTimeElement>} */ (
    root.querySelectorAll("time[data-when]")
  ))
    time.textContent = when(time.dateTime);
}

/**
 * @param {HTMLElement} root
 * @param {AbortSignal} signal
 */
export function wireAnswers(root, signal) {
  const press = (/** @type {HTMLElement} */ button) => {
    const { code = "" } = /** @type {HTMLElement} */ (button.closest("[data-answers]")).dataset;
    whileBusy(button, () => answerEvening(code, button.dataset.say ?? "")).catch(toastError);
  };
  delegate(root, "click", "[data-say]", press, { signal });
  // Said under the bell it is said here as well.
  document.addEventListener(
    ANSWERED,
    (event) => shown(root, /** @type {CustomEvent} */ (event).detail),
    { signal },
  );
}

/**
 * @param {HTMLElement} root
 * @param {{code: string, answer: string}} said
 */
function shown(root, { code, answer }) {
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (
    root.querySelectorAll(`[data-answers][data-code="${CSS.escape(code)}"] [data-say]`)
  ))
    button.setAttribute("aria-pressed", String(button.dataset.say === answer));
}

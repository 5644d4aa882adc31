/** Native dialogs: opening with the focus kept, closing by the veil, and a question with two answers. */

import { find, h, icon } from "../lib/dom.js";
import { t } from "../lib/words.js";
import { buttonOf } from "./menu.js";

/**
 * Opens a modal dialog that closes by Esc, by the veil and by anything marked `data-close`.
 * The browser gives the focus back to whoever opened it; where that is gone, as a menu's item is, its
 * menu's button has it.
 * @param {HTMLDialogElement} dialog
 * @returns {Promise<string>} its returnValue, when it is closed
 */
export function openDialog(dialog) {
  const ended = new AbortController();
  const { signal } = ended;
  dialog.returnValue = "";
  const back = focusHome();
  dialog.showModal();
  dialog.addEventListener("click", (event) => closeBy(dialog, event), { signal });
  return new Promise((resolve) => {
    const done = () => {
      ended.abort();
      const now = document.activeElement; // what is hidden has it until the page is drawn again
      if (now === document.body || dialog.contains(now))
        (back?.isConnected ? back : find("main"))?.focus({ preventScroll: true });
      resolve(dialog.returnValue);
    };
    dialog.addEventListener("close", done, { signal });
  });
}

/** @returns {HTMLElement | null} */
function focusHome() {
  const now = /** @type {HTMLElement | null} */ (document.activeElement);
  const menu = now?.closest("[popover]");
  return (menu && buttonOf.get(menu)) ?? now;
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {MouseEvent} event
 */
function closeBy(dialog, event) {
  const target = /** @type {Element} */ (event.target);
  const marked = target.closest("[data-close]");
  if (marked) dialog.close(marked.getAttribute("data-close") ?? "");
  else if (target === dialog && isOutside(dialog, event)) dialog.close("");
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {MouseEvent} event
 */
function isOutside(dialog, { clientX, clientY }) {
  const box = dialog.getBoundingClientRect();
  return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
}

/**
 * @typedef {object} Question
 * @property {string} title
 * @property {string} words
 * @property {string} yes what the deciding button says: a verb
 * @property {string} [no]
 * @property {boolean} [bad] the deed cannot be undone
 */

/**
 * Asks, and says whether the answer was yes.
 * @param {Question} question
 */
export async function ask(question) {
  const dialog = drawQuestion(question);
  document.body.append(dialog);
  const answer = await openDialog(dialog);
  dialog.remove();
  return answer === "yes";
}

let drawn = 0;

/**
 * The question as a dialog, not yet on the page.
 * @param {Question} question
 */
export function drawQuestion({ title, words, yes, no = t("Cancel"), bad = false }) {
  drawn += 1;
  const id = `ask-title-${drawn}`;
  return h(
    "dialog",
    { class: "dialog glass glass-strong", "aria-labelledby": id },
    h(
      "header",
      { class: "dialog-head" },
      h("h2", { id }, title),
      h(
        "button",
        { class: "iconbtn dim", type: "button", "aria-label": t("Close"), "data-close": "" },
        icon("x"),
      ),
    ),
    h("p", { class: "dim" }, words),
    h(
      "footer",
      { class: "dialog-acts" },
      h("button", { class: "btn btn-ghost", type: "button", "data-close": "", autofocus: bad }, no),
      h(
        "button",
        {
          class: `btn ${bad ? "btn-bad" : "btn-primary"}`,
          type: "button",
          "data-close": "yes",
          autofocus: !bad,
        },
        yes,
      ),
    ),
  );
}

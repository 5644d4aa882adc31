/** What one can do with a film by a form: give it another title, or subtitles. The library asks for it when it is wanted. */

import { openDialog } from "../components/dialog.js";
import { h, icon } from "../lib/dom.js";
import { wireForm } from "../lib/forms.js";
import { http } from "../lib/http.js";
import { t } from "../lib/words.js";

/** @typedef {import("./types.js").Film} Film */

const SUBTITLE_FILES = ".srt,.vtt,text/vtt,application/x-subrip";

/** @param {Film} film */
const pathOf = ({ id }) => `/api/videos/${id}/`;

/**
 * @param {Film} film
 * @returns {Promise<Film | null>} null when it was left as it is
 */
export function renameFilm(film) {
  const title = field(t("Title"), {
    id: "film-title",
    name: "title",
    maxlength: 200,
    required: true,
  });
  const input = /** @type {HTMLInputElement} */ (title.querySelector("input"));
  input.value = film.title;
  input.autofocus = true;
  return formDialog(t("Rename"), t("Rename"), [title], ({ title: words }) =>
    http.patch(pathOf(film), { title: words.trim() }),
  );
}

/**
 * @param {Film} film
 * @returns {Promise<unknown>} null when none was added
 */
export function addSubtitle(film) {
  const file = field(t("File"), {
    id: "sub-file",
    name: "file",
    type: "file",
    accept: SUBTITLE_FILES,
    required: true,
  });
  const language = field(
    t("Language"),
    { id: "sub-language", name: "language", maxlength: 16, placeholder: "en", autocomplete: "off" },
    t("A short code such as en, de or pt-BR"),
  );
  const title = field(
    t("Name"),
    { id: "sub-title", name: "title", maxlength: 100, autocomplete: "off" },
    t("If you like, for instance “For the hard of hearing”"),
  );
  return formDialog(
    t("Add subtitles"),
    t("Add"),
    [file, language, title],
    (_, form) => http.post(`${pathOf(film)}subtitles/`, new FormData(form)),
    noFile,
  );
}

/**
 * @param {Record<string, any>} values
 * @returns {Record<string, string[]>}
 */
const noFile = ({ file }) => (file.size ? {} : { file: [t("Choose a file first.")] });

/**
 * @param {string} label
 * @param {import("../lib/dom.js").Props} props
 * @param {string} [hint]
 */
function field(label, props, hint = "") {
  return h(
    "div",
    { class: "field-group" },
    h("label", { class: "label", for: props.id }, label),
    h("div", { class: "field" }, h("input", props)),
    hint && h("p", { class: "hint" }, hint),
  );
}

/**
 * A dialog with one form; ends with what the server answered, or null.
 * @template T
 * @param {string} title
 * @param {string} yes
 * @param {HTMLElement[]} fields
 * @param {(values: Record<string, any>, form: HTMLFormElement) => Promise<T>} send
 * @param {(values: Record<string, any>) => Record<string, string[]>} [check]
 * @returns {Promise<T | null>}
 */
async function formDialog(title, yes, fields, send, check) {
  const form = h(
    "form",
    { class: "stack", novalidate: true },
    ...fields,
    h(
      "footer",
      { class: "dialog-acts" },
      h("button", { class: "btn btn-ghost", type: "button", "data-close": "" }, t("Cancel")),
      h("button", { class: "btn btn-primary" }, yes),
    ),
  );
  const dialog = h(
    "dialog",
    { class: "dialog glass glass-strong", "aria-labelledby": "deed-title" },
    h(
      "header",
      { class: "dialog-head" },
      h("h2", { id: "deed-title" }, title),
      h(
        "button",
        { class: "iconbtn dim", type: "button", "aria-label": t("Close"), "data-close": "" },
        icon("x"),
      ),
    ),
    form,
  );
  /** @type {T | null} */
  let answer = null;
  wireForm(form, {
    check,
    send: async (values) => {
      answer = await send(values, form);
      dialog.close();
    },
  });
  document.body.append(dialog);
  await openDialog(dialog);
  dialog.remove();
  return answer;
}

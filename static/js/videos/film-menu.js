/** The menu behind a film's three dots. */

import { html, nothing } from "lit";
import { menuItem, openMenuOf } from "../components/drawn-menu.js";
import { toastError } from "../components/toast.js";
import { delegate } from "../lib/events.js";
import { t } from "../lib/words.js";

/** @typedef {import("./types.js").Film} Film */

/**
 * @param {HTMLElement} root holds buttons with `data-more`, the film's id
 * @param {object} parts
 * @param {import("./library.js").Library} parts.library
 * @param {import("./job.js").FilmDeeds} parts.deeds
 * @param {AbortSignal} parts.signal
 */
export function wireFilmMenus(root, { library, deeds, signal }) {
  const rename = async (/** @type {Film} */ film) => {
    const { renameFilm } = await import("./film-forms.js"); // rarely wanted
    const fresh = await renameFilm(film);
    if (fresh) library.put(fresh);
  };

  const content = (/** @type {HTMLElement} */ button) => {
    const film = library.find(button.dataset.more ?? "");
    if (!film) return nothing;
    return html`
      ${film.playable ? menuItem({ words: t("Watch in a room"), icon: "play", run: () => deeds.watch(film, button) }) : nothing}
      <a class="item" role="menuitem" href="/videos/${film.id}"><svg class="i" aria-hidden="true"><use href="#i-settings"></use></svg><span class="grow">${t("Poster, subtitles, more")}</span></a>
      ${film.retryable ? menuItem({ words: t("Try again"), icon: "retry", run: () => deeds.retry(film, button) }) : nothing}
      ${menuItem({ words: t("Rename"), icon: "edit", run: () => rename(film).catch(toastError) })}
      <hr>${menuItem({ words: t("Delete"), icon: "trash", bad: true, run: () => deeds.remove(film) })}`;
  };

  delegate(root, "click", "[data-more]", (button) =>
    openMenuOf(button, t("Film"), () => content(button), signal),
  );
}

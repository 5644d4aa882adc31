/** A film in a list: picture, title, length, state in words. */

import { html, nothing } from "lit";
import { t } from "../lib/words.js";
import { glyph } from "../room/ui.js";
import { factsOf, hueOf, reasonOf, stateOf } from "./state.js";

/** @typedef {import("./types.js").Film} Film */
/** @typedef {import("./state.js").Said} Said */

/** An address that has run out leaves the film its own light. @param {{target: EventTarget | null}} event */
const hide = ({ target }) => {
  /** @type {HTMLElement} */ (target).hidden = true;
};

/**
 * @param {Film} film
 * @param {unknown} [over] what lies on the picture
 */
export function poster(film, over = nothing) {
  const failed = film.state === "failed" && !film.poster;
  const faint = film.state === "failed" || !film.playable;
  return html`<span class="poster ${failed ? "poster-bad" : ""} ${faint ? "is-faint" : ""}" ?data-scene=${!failed && !film.poster}
    data-hue=${hueOf(film.id)} aria-hidden="true">${glyph(failed ? "warning" : "film", "i-24")}${
      film.poster ? html`<img src=${film.poster} alt="" loading="lazy" @error=${hide}>` : nothing
    }${over}</span>`;
}

/** @param {string[]} facts */
export const dotted = (facts) =>
  facts.map((fact, at) => (at ? html`<span class="sep"></span>${fact}` : fact));

/** @param {Said} said */
export const statusMark = ({ icon }) =>
  icon ? glyph(icon) : html`<span class="arc" aria-hidden="true"></span>`;

/**
 * @param {Film} film
 * @param {{retry: (film: Film, button: HTMLElement) => void, menu?: boolean}} deeds
 */
export function filmCard(film, { retry, menu = false }) {
  const said = stateOf(film);
  const bar =
    said.percent !== null
      ? html`<progress class="bar" max="100" value=${said.percent} aria-label=${said.words}></progress>`
      : nothing;
  return html`<article class="film-card" data-find=${film.title}>${poster(film, bar)}
    <div class="tx"><div class="film-top"><h3 class="t ellipsis"><a class="film-link" href="/videos/${film.id}" title=${film.title}>${film.title}</a></h3>${
      menu
        ? html`<button class="iconbtn iconbtn-36 dim film-act" type="button" data-more=${film.id} aria-haspopup="menu" aria-label=${t("More about {name}", { name: film.title })}>${glyph("more")}</button>`
        : nothing
    }</div>
      <span class="s num">${dotted(factsOf(film))}</span>
      <p class="status status-${said.kind}">${statusMark(said)}<span>${said.words}</span>${
        said.percent !== null ? html`<b class="num">${said.percent} %</b>` : nothing
      }${
        film.state === "failed" && film.retryable
          ? html`<button class="link film-act" type="button" @click=${(/** @type {any} */ event) => retry(film, event.currentTarget)}>${t("Retry")}</button>`
          : nothing
      }</p>
      ${film.state === "failed" ? html`<p class="s film-why">${reasonOf(film)}</p>` : nothing}</div></article>`;
}

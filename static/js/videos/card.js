/** What cards and jobs of films are drawn with: the picture, facts with dots between, a state's mark. */

import { html, nothing } from "lit";
import { glyph } from "../components/glyph.js";
import { hueOf } from "./state.js";

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

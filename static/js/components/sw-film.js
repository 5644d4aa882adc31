/** `<sw-film .film=${film} menu>`: a film in a list: picture, title, length, state in words. */

import { html, nothing } from "lit";
import { t } from "../lib/words.js";
import { dotted, poster, statusMark } from "../videos/card.js";
import { factsOf, reasonOf, stateOf } from "../videos/state.js";
import { glyph } from "./glyph.js";
import { Light } from "./light.js";

/**
 * @prop {import("../videos/types.js").Film} film
 * @attr menu it has the button with the three dots, `data-more` with the film's id
 * @fires retry "Retry" was pressed, where what went wrong may go right; with the button
 */
export class SwFilm extends Light {
  /** @override */
  static properties = { film: { attribute: false }, menu: { type: Boolean } };

  constructor() {
    super();
    /** @type {import("../videos/types.js").Film | null} */
    this.film = null;
    this.menu = false;
  }

  /** @override */
  render() {
    const { film, menu } = this;
    if (!film) return nothing;
    const said = stateOf(film);
    const failed = film.state === "failed";
    const bar =
      said.percent !== null
        ? html`<progress class="bar" max="100" value=${said.percent} aria-label=${said.words}></progress>`
        : nothing;
    return html`<article class="film-card">${poster(film, bar)}
      <div class="tx"><div class="film-top"><h3 class="t ellipsis"><a class="film-link" href="/videos/${film.id}" title=${film.title}><bdi>${film.title}</bdi></a></h3>${menu ? this.#more(film) : nothing}</div>
        <span class="s num">${dotted(factsOf(film))}</span>
        <p class="status status-${said.kind}">${statusMark(said)}<span>${said.words}</span>${
          said.percent !== null ? html`<b class="num">${said.percent} %</b>` : nothing
        }${
          failed && film.retryable
            ? html`<button class="link film-act" type="button" @click=${(/** @type {Event} */ event) => this.tell("retry", event)}>${t("Retry")}</button>`
            : nothing
        }</p>
        ${failed ? html`<p class="s film-why">${reasonOf(film)}</p>` : nothing}</div></article>`;
  }

  /** @param {import("../videos/types.js").Film} film */
  #more({ id, title }) {
    return html`<button class="iconbtn iconbtn-36 dim film-act" type="button" data-more=${id} aria-haspopup="menu" aria-label=${t("More about {name}", { name: title })}>${glyph("more")}</button>`;
  }
}

customElements.define("sw-film", SwFilm);

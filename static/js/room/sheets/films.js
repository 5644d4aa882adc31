/** Choosing a film for the queue: one of one's own that is on the server already, or a file. */

import { html, nothing, render } from "lit";
import { toast, toastError } from "../../components/toast.js";
import { find } from "../../lib/dom.js";
import { t } from "../../lib/words.js";
import { dotted } from "../../videos/card.js";
import { factsOf, stateOf } from "../../videos/state.js";
import { glyph } from "../ui.js";
import { addressForm, wireAddress } from "./address.js";

/** @typedef {import("../types.js").Ctx} Ctx */
/** @typedef {import("../incoming.js").Incoming} Incoming */
/** @typedef {import("../../videos/types.js").Film} Film */

/**
 * Its length, and how far it is where that is not all the way.
 * @param {Film} film
 */
function filmWords(film) {
  const { words, percent } = stateOf(film);
  const length = factsOf({ ...film, height: null, bytes: 0 });
  if (film.state === "ready") return length;
  return [...length, percent === null ? words : `${words}, ${percent} %`];
}

export class FilmsSheet {
  /**
   * @param {Ctx} ctx
   * @param {HTMLElement} body
   * @param {{incoming: Incoming, choose: () => void, done: () => void}} deeds
   */
  constructor(ctx, body, { incoming, choose, done }) {
    this.ctx = ctx;
    this.body = body;
    this.incoming = incoming;
    this.choose = choose;
    this.done = done;
  }

  async open() {
    render(html`<p class="dim" role="status">${t("Looking for your films…")}</p>`, this.body);
    try {
      this.#draw(await this.ctx.api.videos());
    } catch (error) {
      toastError(error);
      this.#draw([]);
    }
  }

  /** @param {any[]} videos */
  #draw(videos) {
    const usable = videos.filter(({ state, playable }) => state !== "failed" || playable);
    render(
      html`${
        usable.length
          ? html`<div class="films">${usable.map((video) => this.#row(video))}</div>`
          : html`<p class="dim">${t("You have no films on this server yet. Choose a file and it becomes one.")}</p>`
      }
      <div class="films-up"><button class="btn btn-primary" type="button" data-choose-file @click=${() => this.#file()}>${glyph("upload")}${t("Choose a file")}</button></div>
      ${this.ctx.boot.outside ? addressForm() : nothing}`,
      this.body,
    );
    const form = /** @type {HTMLFormElement | null} */ (find("[data-film-address]", this.body));
    if (form && !form.dataset.wired) wireAddress(this.ctx, form, this.done);
    if (form) form.dataset.wired = "";
  }

  /** @param {any} video */
  #row(video) {
    const listed = this.ctx.room.value.queue.some(({ video_id }) => video_id === video.id);
    const said = [...filmWords(video), ...(listed ? [t("in the queue")] : [])];
    return html`<button class="item" type="button" data-film=${video.id} @click=${() => this.#add(video)}>
      <span class="poster" aria-hidden="true">${video.poster ? html`<img src=${video.poster} alt="">` : glyph("film")}</span>
      <span class="tx"><b class="ellipsis">${video.title}</b><span class="dim small num">${dotted(said)}</span></span></button>`;
  }

  #file() {
    this.done();
    this.choose();
  }

  /** @param {any} video */
  async #add(video) {
    this.done();
    try {
      if (this.ctx.room.value.timeline.item_id || this.incoming.busy) {
        await this.ctx.api.queueVideo(video.id);
        toast(t("“{title}” is in the queue", { title: video.title }), { kind: "ok" });
      } else await this.incoming.add(video.id, video.title);
    } catch (error) {
      toastError(error);
    }
  }
}

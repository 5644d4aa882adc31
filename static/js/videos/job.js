/** A film on its way, large: the upload with its pace, then the stages. */

import { html, nothing } from "lit";
import { bytes, timeLeft } from "../lib/format.js";
import { t } from "../lib/words.js";
import { glyph } from "../room/ui.js";
import { dotted, poster } from "./card.js";
import { posterPick, stages, subtitleRow } from "./stages.js";
import { factsOf, partOf, reasonOf } from "./state.js";

/** @typedef {import("./types.js").Film} Film */
/** @typedef {import("./uploads.js").Job} Job */
/** @typedef {import("./uploads.js").Uploads} Uploads */
/**
 * @typedef {object} FilmDeeds
 * @property {(film: Film, button: HTMLElement) => void} watch
 * @property {(film: Film, button: HTMLElement) => void} retry
 * @property {(film: Film) => void} remove
 * @property {(film: Film, candidate: number) => void} choose
 * @property {(film: Film) => void} subtitle
 */

/** @param {Job} job */
function paceOf(job) {
  const { phase, sent, file, stalled, secondsLeft, transfer } = job;
  if (phase === "waiting") return [t("Waiting its turn"), bytes(file.size)];
  if (phase === "done") return [t("Uploaded"), bytes(file.size)];
  if (phase === "paused") return [partOf(sent, file.size), t("Paused")];
  if (stalled) return [partOf(sent, file.size), t("No connection, trying again")];
  const rate = transfer?.bytesPerSecond ?? Number.NaN;
  return [
    partOf(sent, file.size),
    timeLeft(secondsLeft),
    rate > 0 ? `${bytes(rate)}/s` : "",
  ].filter(Boolean);
}

/**
 * @param {Job} job
 * @param {Uploads} uploads
 */
function uploadActs(job, uploads) {
  const { phase, title } = job;
  const goOn = () => uploads.resume(job);
  if (phase === "done") return nothing;
  return html`${
    phase === "failed"
      ? html`<button class="btn btn-quiet btn-36" type="button" @click=${goOn}>${glyph("retry")}${t("Go on")}</button>`
      : phase === "paused"
        ? html`<button class="iconbtn iconbtn-fill iconbtn-36" type="button" aria-label=${t("Go on with {title}", { title })} @click=${goOn}>${glyph("play", "i-16")}</button>`
        : html`<button class="iconbtn iconbtn-fill iconbtn-36" type="button" aria-label=${t("Pause {title}", { title })} @click=${() => uploads.pause(job)}>${glyph("pause", "i-16")}</button>`
  }<button class="iconbtn dim iconbtn-36" type="button" aria-label=${t("Cancel {title}", { title })} @click=${() => uploads.cancel(job)}>${glyph("x")}</button>`;
}

/**
 * @param {Job} job
 * @param {Uploads} uploads
 */
export function uploadJob(job, uploads) {
  const failed = job.phase === "failed";
  const percent = Math.floor((job.sent / job.file.size) * 100);
  return html`<article class="job glass" aria-label=${job.title}>
    <div class="job-top"><span class="poster ${failed ? "poster-bad" : "poster-empty"}" aria-hidden="true">${glyph(failed ? "warning" : "film", "i-24")}</span>
      <div class="tx"><h3 class="ellipsis">${job.title}</h3>${
        failed
          ? html`<span class="bad-t" role="alert">${job.reason}</span>`
          : html`<span class="dim num">${dotted(paceOf(job))}</span>`
      }</div>
      <div class="job-acts">${failed || job.phase === "waiting" ? nothing : html`<b class="num">${percent} %</b>`}${uploadActs(job, uploads)}</div></div>
    ${failed ? nothing : html`<progress class="bar bar-6" max="100" value=${percent} aria-label=${t("Uploaded")}></progress>`}
  </article>`;
}

/**
 * @param {Film} film
 * @param {FilmDeeds} deeds
 */
function failedJob(film, { retry, remove }) {
  return html`<article class="job glass" aria-label=${film.title}><div class="job-top">${poster(film)}
    <div class="tx"><h3 class="ellipsis"><a href="/videos/${film.id}">${film.title}</a></h3><span class="bad-t">${reasonOf(film)}</span></div>
    <div class="job-acts">${
      film.retryable
        ? html`<button class="btn btn-quiet btn-36" type="button" @click=${(/** @type {any} */ event) => retry(film, event.currentTarget)}>${glyph("retry")}${t("Retry")}</button>`
        : nothing
    }<button class="iconbtn dim iconbtn-36" type="button" aria-label=${t("Delete {title}", { title: film.title })} @click=${() => remove(film)}>${glyph("x")}</button></div></div></article>`;
}

/**
 * @param {Film} film
 * @param {number} secondsLeft until everything is made; NaN while it is not known
 * @param {FilmDeeds} deeds
 */
export function filmJob(film, secondsLeft, deeds) {
  if (film.state === "failed") return failedJob(film, deeds);
  const { watch, choose, subtitle } = deeds;
  return html`<article class="job glass" aria-label=${film.title}>
    <div class="job-top">${poster(film)}
      <div class="tx"><h3 class="ellipsis"><a href="/videos/${film.id}">${film.title}</a></h3><span class="dim num">${dotted(factsOf(film))}</span></div>
      <div class="job-acts">${
        film.playable
          ? html`<button class="btn btn-primary btn-36" type="button" @click=${(/** @type {any} */ event) => watch(film, event.currentTarget)}>${glyph("play")}${t("Watch now")}</button>`
          : nothing
      }<button class="iconbtn dim" type="button" data-more=${film.id} aria-haspopup="menu" aria-label=${t("More about {name}", { name: film.title })}>${glyph("more")}</button></div></div>
    ${stages(film, secondsLeft)}
    ${film.posters.length ? posterPick(film, (candidate) => choose(film, candidate)) : nothing}
    ${film.playable ? subtitleRow(film, () => subtitle(film)) : nothing}
  </article>`;
}

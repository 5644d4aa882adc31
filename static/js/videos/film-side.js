/** What stands beside one film: how far it is, its poster, subtitles, qualities and sound. */

import { html, nothing } from "lit";
import { number, t } from "../lib/words.js";
import { glyph } from "../room/ui.js";
import { posterPick, stages } from "./stages.js";
import { bySize, qualityOf, reasonOf, stateOf, trackName } from "./state.js";

/** @typedef {import("./types.js").Film} Film */
/** @typedef {import("./types.js").Track} Track */
/** @typedef {{currentTarget: HTMLElement}} Press */
/**
 * @typedef {object} Deeds
 * @property {(press: Press) => unknown} watch
 * @property {(press: Press) => unknown} retry
 * @property {() => unknown} rename
 * @property {() => unknown} remove
 * @property {(candidate: number) => unknown} choose
 * @property {() => unknown} subtitle
 * @property {(track: Track, button: HTMLElement) => unknown} unsubtitle
 */

/**
 * @param {Film} now
 * @param {Deeds} deeds
 */
export const acts = (now, { watch, rename, remove }) => html`${
  now.playable
    ? html`<button class="btn btn-primary" type="button" @click=${watch}>${glyph("play")}${t("Watch in a room")}</button>`
    : nothing
}
  <button class="btn btn-quiet btn-collapse" type="button" @click=${rename}>${glyph("edit")}<span>${t("Rename")}</span></button>
  <button class="iconbtn iconbtn-fill" type="button" aria-label=${t("Delete this film")} @click=${remove}>${glyph("trash")}</button>`;

/**
 * @param {Film} now
 * @param {number} secondsLeft until everything is made; NaN while it is not known
 * @param {Deeds} deeds
 */
export const side = (now, secondsLeft, deeds) => html`${progressCard(now, secondsLeft, deeds)}
  ${now.posters.length > 1 ? html`<section class="card glass">${posterPick(now, deeds.choose)}</section>` : nothing}
  ${now.playable ? subtitlesCard(now, deeds) : nothing}
  ${now.renditions.length ? tracksCard(now) : nothing}`;

/**
 * @param {Film} now
 * @param {number} secondsLeft
 * @param {Deeds} deeds
 */
function progressCard(now, secondsLeft, { retry }) {
  const said = stateOf(now);
  if (now.state === "failed")
    return html`<section class="card glass" role="alert"><h2>${t("This film did not work")}</h2>
      <p class="why">${glyph("warning")}<span>${reasonOf(now)}</span></p>
      ${now.retryable ? html`<button class="btn btn-primary" type="button" @click=${retry}>${glyph("retry")}${t("Try again")}</button>` : html`<a class="btn btn-quiet" href="/videos">${glyph("upload")}${t("Upload another")}</a>`}</section>`;
  return html`<section class="card glass" aria-labelledby="way-title"><div class="card-head"><h2 id="way-title"><span role="status">${said.words}</span></h2></div>
    ${stages(now, secondsLeft, { qualities: false })}</section>`;
}

/**
 * @param {Film} now
 * @param {Deeds} deeds
 */
const subtitlesCard = (
  now,
  { subtitle, unsubtitle },
) => html`<section class="card glass" aria-labelledby="subs-title">
  <div class="card-head"><h2 id="subs-title">${t("Subtitles")}</h2><button class="btn btn-ghost btn-36" type="button" @click=${subtitle}>${glyph("plus")}${t("Add")}</button></div>
  ${
    now.subtitles.length
      ? html`<ul class="tracks">${now.subtitles.map(
          (track, at) =>
            html`<li class="track">${glyph("captions")}<span class="grow ellipsis">${trackName(track, at)}</span>${
              track.forced ? html`<span class="tag">${t("Forced")}</span>` : nothing
            }<button class="iconbtn dim" type="button" aria-label=${t("Remove the subtitles {name}", { name: trackName(track, at) })} @click=${(/** @type {any} */ event) => unsubtitle(track, event.currentTarget)}>${glyph("x")}</button></li>`,
        )}</ul>`
      : html`<p class="dim tracks-none">${t("None in the file. Add an .srt or .vtt of your own.")}</p>`
  }</section>`;

/** @type {Record<string, () => string>} */
const TRACK_WORDS = {
  queued: () => t("to come"),
  processing: () => t("being made"),
  ready: () => "",
  failed: () => t("failed"),
};

/** @param {number | null | undefined} bitrate bits in a second */
const rateOf = (bitrate) =>
  bitrate
    ? `${number(bitrate / 1e6, { maximumFractionDigits: 1, minimumFractionDigits: 1 })} Mbit/s`
    : "";

/** @param {Film} now */
const tracksCard = (
  now,
) => html`<section class="card glass" aria-labelledby="tracks-title"><h2 id="tracks-title">${t("Picture and sound")}</h2>
  <ul class="tracks">${[...now.renditions]
    .sort((a, b) => bySize(b, a))
    .map(
      ({
        name,
        bitrate,
        state,
        progress,
      }) => html`<li class="track">${glyph("quality")}<span class="grow">${qualityOf({ name })}</span>
        <span class="dim num">${state === "processing" ? `${progress} %` : TRACK_WORDS[state]?.() || rateOf(bitrate)}</span></li>`,
    )}
    ${now.audio.map(
      (track, at) =>
        html`<li class="track">${glyph("volume")}<span class="grow ellipsis">${trackName(track, at)}</span><span class="dim">${TRACK_WORDS[track.state ?? "ready"]?.()}</span></li>`,
    )}
    ${now.audio.length ? nothing : html`<li class="track">${glyph("volume-off")}<span class="grow">${t("No sound in this film")}</span></li>`}</ul></section>`;

/**
 * @param {string} reason
 * @param {() => void} again
 */
export const noFilm = (
  reason,
  again,
) => html`<section class="card glass" role="alert"><h2>${t("The film did not come")}</h2><p class="why">${glyph("warning")}<span>${reason}</span></p>
  <button class="btn btn-quiet" type="button" @click=${again}>${glyph("retry")}${t("Try again")}</button></section>`;

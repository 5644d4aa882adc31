/** The way of a film in pictures and words: stages, what can be watched already, frames for a poster, subtitles. */

import { html, nothing } from "lit";
import { roughly } from "../lib/format.js";
import { t, tp } from "../lib/words.js";
import { glyph } from "../room/ui.js";
import { isInWork, qualitiesOf, stepsOf, trackName, watchableOf } from "./state.js";

/** @typedef {import("./types.js").Film} Film */
/** @typedef {import("./state.js").Step} Step */

/** @type {Record<Step["state"], [unknown, () => string]>} */
const MARKS = {
  done: [glyph("check", "i-16"), () => t("done")],
  now: [html`<span class="pulse" aria-hidden="true"></span>`, () => t("going on")],
  todo: [html`<span class="ring" aria-hidden="true"></span>`, () => t("to come")],
  bad: [glyph("warning", "i-16"), () => t("failed")],
};

/** @param {Step} step */
const stage = ({ words, state, percent }) => html`<li class="step step-${state}">${MARKS[state][0]}
  <span>${words}${percent === null ? nothing : html`, <b class="num">${percent} %</b>`}<span class="sr">, ${MARKS[state][1]()}</span></span></li>`;

/**
 * @param {Film} film
 * @param {number} secondsLeft NaN while it is not known
 * @param {{qualities?: boolean}} [options] whether they belong to the row
 */
export function stages(film, secondsLeft, { qualities = true } = {}) {
  const watchable = watchableOf(film);
  const left = roughly(secondsLeft);
  return html`<ol class="steps">${[...stepsOf(film), ...(qualities ? qualitiesOf(film) : [])].map(stage)}</ol>
    ${
      isInWork(film)
        ? html`<progress class="bar bar-6" max="100" value=${film.progress} aria-label=${t("Prepared")}></progress>`
        : nothing
    }
    ${
      watchable
        ? html`<p class="playable">${glyph("play")}<span>${t("Playable while processing, {what}.", { what: watchable })}${left ? html` ${tp("Everything in about {time}.", { time: html`<b class="num">${left}</b>` })}` : nothing}</span></p>`
        : nothing
    }
    ${
      film.state === "uploading"
        ? html`<p class="playable">${glyph("info")}<span>${t("Where it stopped: choose the same file again under Films, and it goes on from there.")}</span></p>`
        : nothing
    }
    ${film.note ? html`<p class="playable">${glyph("info")}<span>${film.note}</span></p>` : nothing}`;
}

/**
 * @param {Film} film
 * @param {(candidate: number) => void} choose
 */
export const posterPick = (
  film,
  choose,
) => html`<fieldset class="pick"><legend class="label">${t("Poster")}</legend>
  <div class="frames">${film.posters.map((address, at) => {
    const on = address === film.poster;
    return html`<button class="poster ${on ? "is-on" : ""}" type="button" aria-pressed=${String(on)} aria-label=${t("Frame {n}", { n: at + 1 })} @click=${() => choose(at)}>
      <img src=${address} alt="" loading="lazy">${on ? html`<span class="tick">${glyph("check")}</span>` : nothing}</button>`;
  })}</div></fieldset>`;

/**
 * @param {Film} film
 * @param {() => void} add
 */
export const subtitleRow = (
  film,
  add,
) => html`<div class="pick pick-row"><span class="label">${t("Subtitles")}</span>
  ${film.subtitles.map((track, at) => html`<span class="chip chip-flat chip-ok">${glyph("check")}${trackName(track, at)}</span>`)}
  <button class="btn btn-ghost btn-32" type="button" @click=${add}>${glyph("plus")}${t("Add")}</button></div>`;

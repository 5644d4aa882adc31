/** A film's state in words: one line for a card, the stages for its page. Pure. */

import { bytes, clock, length } from "../lib/format.js";
import { lang, t } from "../lib/words.js";

/** @typedef {import("./types.js").Film} Film */
/** @typedef {import("./types.js").Track} Track */
/** @typedef {{kind: "ok" | "info" | "bad" | "", icon: string, words: string, percent: number | null}} Said an empty icon is a turning arc */
/** @typedef {{words: string, state: "done" | "now" | "todo" | "bad", percent: number | null}} Step */

const WORK = new Set(["queued", "probing", "processing"]);

/** A worker is at it, or will be. @param {Film} film */
export const isInWork = (film) => WORK.has(film.state);

/** It will look different soon, without anybody doing anything here. @param {Film} film */
export const isChanging = (film) => isInWork(film) || film.state === "uploading";

/** @type {Record<string, (film: Film) => Said>} */
const SAY = {
  // how far it is, only the tab that sends it knows; this may be one that was left half-way
  uploading: ({ progress }) => ({
    kind: "info",
    icon: "upload",
    words: progress ? t("Uploading") : t("Upload not finished"),
    percent: progress || null,
  }),
  queued: () => ({ kind: "info", icon: "clock", words: t("In line"), percent: null }),
  probing: () => ({ kind: "info", icon: "", words: t("Looking into the file"), percent: null }),
  processing: ({ progress }) => ({
    kind: "info",
    icon: "",
    words: t("Preparing"),
    percent: progress,
  }),
  ready: () => ({ kind: "ok", icon: "check", words: t("Ready"), percent: null }),
  failed: () => ({ kind: "bad", icon: "warning", words: t("Failed"), percent: null }),
};

/**
 * @param {Film} film
 * @returns {Said}
 */
export function stateOf(film) {
  if (film.playable && isInWork(film))
    return {
      kind: "info",
      icon: "play",
      words: t("Playable while the rest is made"),
      percent: film.progress,
    };
  return (SAY[film.state] ?? /** @type {any} */ (SAY.queued))(film);
}

/**
 * Why it failed, with a full stop.
 * @param {Film} film
 */
export const reasonOf = (film) => film.error?.message ?? t("The film could not be prepared.");

/**
 * "19:46", "1080p", "11.2 GB": what is known of it.
 * @param {Film} film
 * @returns {string[]}
 */
export function factsOf({ duration, height, bytes: size }) {
  return [
    duration ? (duration < 3600 ? clock(duration) : length(duration)) : "",
    height ? `${height}p` : "",
    size ? bytes(size) : "",
  ].filter(Boolean);
}

/**
 * "4.1 of 6.5 GB".
 * @param {number} sent
 * @param {number} total
 */
export function partOf(sent, total) {
  const [part, all] = [bytes(sent), bytes(total)].map((words) => words.split(" "));
  const shown = part?.[1] === all?.[1] ? part?.slice(0, 1) : part;
  return t("{part} of {whole}", { part: shown?.join(" ") ?? "", whole: all?.join(" ") ?? "" });
}

const HUES = 12;

/**
 * A film without a picture has a hue of its own, always the same one.
 * @param {string} id
 */
export const hueOf = (id) => (Number.parseInt(id.slice(-4), 16) % HUES || 0) + 1;

/** @type {Record<string, Step["state"]>} */
const TRACK = { ready: "done", processing: "now", failed: "bad" };

/**
 * The way of a film: uploaded, checked, playable.
 * @param {Film} film
 * @returns {Step[]}
 */
export function stepsOf(film) {
  const failed = film.state === "failed";
  const uploaded = film.state !== "uploading";
  const checked = film.renditions.length > 0 || film.playable || film.state === "ready";
  /** @type {(words: string, done: boolean, begun: boolean, percent?: number | null) => Step} */
  const step = (words, done, begun, percent = null) => ({
    words,
    state: done ? "done" : !begun ? "todo" : failed ? "bad" : "now",
    percent: begun && !done && !failed ? percent : null,
  });
  return [
    step(t("Uploaded"), uploaded, true, film.progress || null),
    step(t("Checked"), checked, uploaded && film.state !== "queued"),
    step(t("Playable"), film.playable, checked, film.progress),
  ];
}

/**
 * The qualities of a film from small to large; none is begun before it is playable.
 * @param {Film} film
 * @returns {Step[]}
 */
export function qualitiesOf(film) {
  const failed = film.state === "failed";
  return [...film.renditions].sort(bySize).map((rendition) => {
    const now = film.playable ? (TRACK[rendition.state] ?? "todo") : "todo";
    const words = qualityOf(rendition);
    if (now !== "now") return { words, state: now, percent: null };
    return failed
      ? { words, state: "bad", percent: null }
      : { words, state: "now", percent: rendition.progress };
  });
}

/**
 * @param {import("./types.js").Rendition} a
 * @param {import("./types.js").Rendition} b
 */
export const bySize = (a, b) =>
  a.height - b.height || Number(a.name === "source") - Number(b.name === "source");

/**
 * "720p", or "Original" for the picture as it came.
 * @param {{name: string}} rendition
 */
export const qualityOf = ({ name }) => (name === "source" ? t("Original") : name);

/**
 * What can be watched now, while the rest is made; null when there is nothing to say.
 * @param {Film} film
 * @returns {string | null}
 */
export function watchableOf(film) {
  if (!film.playable || !isInWork(film)) return null;
  if (film.duration && film.available_until >= film.duration - 1)
    return t("all of it is ready, other qualities follow");
  if (film.available_until < 1) return t("the beginning can be watched");
  return t("the first {length} can be watched", { length: length(film.available_until) });
}

/**
 * "English", "Französisch" for a reader of German; the track's own title first.
 * @param {Track} track
 * @param {number} place
 * @param {string} [locale]
 */
export function trackName({ title, language }, place, locale = lang()) {
  if (title) return title;
  if (!language || language === "und") return t("Track {n}", { n: place + 1 });
  try {
    return new Intl.DisplayNames(locale, { type: "language" }).of(language) ?? language;
  } catch {
    return language; // not a language tag at all
  }
}

/** Numbers, and names, as people read them, in the language of the page. Pure. */

import { lang, number, t } from "./words.js";

const MINUTE_S = 60;
const HOUR_S = 3600;
const DAY_S = 86_400;
/** So little is not counted out to people. */
const SOON_S = 10;

/**
 * A film's clock: 0:48, 12:03, 1:40:00.
 * @param {number} seconds
 */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(Number.isFinite(seconds) ? seconds : 0));
  const [hours, minutes, rest] = [
    Math.floor(whole / HOUR_S),
    Math.floor(whole / MINUTE_S) % 60,
    whole % 60,
  ];
  const tail = String(rest).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

/**
 * A length in words: "48 s", "41 min", "1 h 38".
 * @param {number} seconds
 */
export function length(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < MINUTE_S) return t("{n} s", { n: whole });
  const minutes = Math.round(whole / MINUTE_S);
  if (minutes < 60) return t("{n} min", { n: minutes });
  const hours = Math.floor(minutes / 60);
  return minutes % 60
    ? t("{hours} h {minutes}", { hours, minutes: minutes % 60 })
    : t("{n} h", { n: hours });
}

const UNITS = ["B", "kB", "MB", "GB", "TB"];

/**
 * "6.5 GB", "13 MB": two figures, powers of 1000 as disks are sold.
 * @param {number} count
 */
export function bytes(count) {
  let value = Math.max(0, count);
  let step = 0;
  while (value >= 999.5 && step < UNITS.length - 1) {
    value /= 1000;
    step += 1;
  }
  const shown = number(value, {
    maximumFractionDigits: value < 9.95 && step > 0 ? 1 : 0,
    useGrouping: false,
  });
  return `${shown} ${UNITS[step]}`;
}

/**
 * How long something will still take, softly: "a few seconds left", "3 min left".
 * @param {number} seconds
 */
export function timeLeft(seconds) {
  const time = roughly(seconds);
  if (!time) return "";
  return seconds < SOON_S ? t("a few seconds left") : t("{time} left", { time });
}

/**
 * The same for the middle of a sentence: "a few seconds", "3 min"; "" where it is not known.
 * @param {number} seconds
 */
export function roughly(seconds) {
  if (!Number.isFinite(seconds) || seconds < 0) return "";
  if (seconds < SOON_S) return t("a few seconds");
  return length(seconds < MINUTE_S ? Math.ceil(seconds / 5) * 5 : seconds);
}

/**
 * "just now", "5 minutes ago", "yesterday".
 * @param {string | number | Date} when
 * @param {number} [nowMs]
 * @param {string} [locale]
 */
export function ago(when, nowMs = Date.now(), locale = lang()) {
  const seconds = (new Date(when).getTime() - nowMs) / 1000;
  const size = Math.abs(seconds);
  if (size < MINUTE_S) return t("just now");
  const words = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  if (size < HOUR_S) return words.format(Math.round(seconds / MINUTE_S), "minute");
  if (size < DAY_S) return words.format(Math.round(seconds / HOUR_S), "hour");
  return words.format(Math.round(seconds / DAY_S), "day");
}

/** The page's language as its reader writes dates in it: en-GB and en-US have different ones. */
export const region = () =>
  globalThis.navigator?.languages?.find((one) => one.split("-")[0] === lang()) ?? lang();

/**
 * The first letter of a name as people see it: one grapheme, an emoji included.
 * @param {string} name
 */
export function initialOf(name) {
  const [first] = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(name.trim());
  return (first?.segment ?? "?").toLocaleUpperCase();
}

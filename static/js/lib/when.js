/** When something takes place, in the time zone of whoever reads it. Pure. */

import { region } from "./format.js";
import { t } from "./words.js";

const EVENING_HOUR = 17;
const DAY_MS = 86_400_000;

/**
 * "Tonight, 20:30", "Tomorrow, 20:30", "Fri 4 Dec, 20:30".
 * @param {string | number} moment ISO 8601, or ms since 1970
 * @param {{nowMs?: number, locale?: string, timeZone?: string}} [reader] who reads it, and when
 */
export function when(moment, { nowMs = Date.now(), locale = region(), timeZone } = {}) {
  const at = new Date(moment);
  const day = (/** @type {Date} */ date) =>
    new Intl.DateTimeFormat("sv", { timeZone }).format(date);
  const time = new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone }).format(at);
  if (day(at) === day(new Date(nowMs))) {
    const hour = new Intl.DateTimeFormat("en", { hour: "2-digit", hourCycle: "h23", timeZone });
    return Number(hour.format(at)) >= EVENING_HOUR
      ? t("Tonight, {time}", { time })
      : t("Today, {time}", { time });
  }
  if (day(at) === day(new Date(nowMs + DAY_MS))) return t("Tomorrow, {time}", { time });
  return t("{date}, {time}", { date: dayOf(at, { locale, timeZone }), time });
}

/**
 * The same without "tonight", for what is still read when that is long over: "Fri 4 Dec, 20:30",
 * in another year than the reader's "Fri 15 Jan 2027, 20:30".
 * @param {string | number} moment ISO 8601, or ms since 1970
 * @param {{nowMs?: number, locale?: string, timeZone?: string}} [reader] who reads it, and when
 */
export function stamp(moment, { nowMs = Date.now(), locale = region(), timeZone } = {}) {
  const at = new Date(moment);
  const year = (/** @type {Date} */ date) =>
    new Intl.DateTimeFormat("en", { year: "numeric", timeZone }).format(date);
  const other = year(at) !== year(new Date(nowMs));
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone }).format(at);
  const time = clock.replace(/\s/gu, "\u00a0"); // "11:05 AM" stays on one line
  const date = dayOf(at, { locale, timeZone, year: other ? "numeric" : undefined });
  return t("{date}, {time}", { date, time });
}

/**
 * @param {Date} at
 * @param {{locale: string, timeZone?: string, year?: "numeric"}} reader
 */
const dayOf = (at, { locale, ...reader }) =>
  new Intl.DateTimeFormat(locale, {
    weekday: "short",
    day: "numeric",
    month: "short",
    ...reader,
  }).format(at);

/** The reader's own time zone by its name, as "Europe/Berlin". */
export const zone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;

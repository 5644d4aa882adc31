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
  const date = new Intl.DateTimeFormat(locale, {
    weekday: "short",
    day: "numeric",
    month: "short",
    timeZone,
  }).format(at);
  return t("{date}, {time}", { date, time });
}

/** The reader's own time zone by its name, as "Europe/Berlin". */
export const zone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What a browser calls itself, in words for people. Pure. */

import { t } from "./words.js";

/** @type {[RegExp, string][]} the first that matches names it; Edge and Opera call themselves Chrome too */
const BROWSERS = [
  [/Edg\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\/|FxiOS\//, "Firefox"],
  [/Chrome\/|CriOS\//, "Chrome"],
  [/Safari\//, "Safari"],
];
/** @type {[RegExp, string][]} */
const SYSTEMS = [
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X|Macintosh/, "Mac"],
  [/CrOS/, "ChromeOS"],
  [/Linux/, "Linux"],
];

/**
 * @param {string} agent the User-Agent header
 * @returns {{ words: string, phone: boolean }}
 */
export function describeAgent(agent) {
  const browser = named(BROWSERS, agent);
  const system = named(SYSTEMS, agent);
  const words =
    browser && system
      ? t("{browser} on {system}", { browser, system })
      : browser || system || firstWord(agent);
  return { words, phone: /iPhone|Android|Mobile/.test(agent) };
}

/**
 * @param {[RegExp, string][]} table
 * @param {string} agent
 */
const named = (table, agent) => table.find(([pattern]) => pattern.test(agent))?.[1] ?? "";

/** @param {string} agent */
const firstWord = (agent) => agent.trim().split(/[\s/]/)[0]?.slice(0, 40) || t("Unknown device");

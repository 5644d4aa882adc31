/** Which commands there are behind a `/`, and what each makes of the words behind it. Pure. */

import { clock } from "../lib/format.js";
import { t } from "../lib/words.js";
import { numberIn, personIn, place, refuse, some } from "./command-args.js";

/** @typedef {import("../room/types.js").Person} Person */
/**
 * What a command asks for.
 * @typedef {{do: "say", body: string, style?: "me" | "roll"} | {do: "seek", atS: number} | {do: "rate", rate: number}
 *   | {do: "poll", question: string, options: string[], multiple: boolean} | {do: "kick", person: Person}
 *   | {do: "mute", person: Person, forS: number} | {do: "smute", person: Person, forS: number | null, reason: string} | {do: "slow", everyS: number} | {do: "clear", count: number}
 *   | {do: "clear", person: Person} | {do: "invite"} | {do: "away"} | {do: "help"}} Act
 */
/**
 * @typedef {object} Command
 * @property {string} name
 * @property {string} needs a capability; "" for none
 * @property {() => string} takes how it is written, behind its name
 * @property {() => string} does
 * @property {(words: string, facts: import("./command-args.js").Facts) => Act} read
 */

const SHRUG = "¯\\_(ツ)_/¯";
const MINUTES = 10;
const DICE = /^(\d{1,2})?[dw]\d{1,4}$/iu;

/** @param {string} words @param {import("./command-args.js").Facts} facts @returns {Act} */
function poll(words, { name }) {
  const multiple = /^multi\s/iu.test(words);
  const [question = "", ...options] = words
    .replace(/^multi\s+/iu, "")
    .split("|")
    .map((one) => one.trim());
  if (!question || options.length < 2 || options.some((one) => !one))
    return refuse(
      t("/{name} wants a question and two options at least: What next? | A | B", { name }),
    );
  return { do: "poll", question, options, multiple };
}

/** @param {string} words @param {import("./command-args.js").Facts} facts @returns {Act} */
function mute(words, facts) {
  const { person, rest } = personIn(words, facts);
  const minutes = rest ? numberIn(rest.replace(/\s*min$/u, ""), facts, 1, 1440) : MINUTES;
  return { do: "mute", person, forS: Math.round(minutes * 60) };
}

/** Without minutes until somebody ends it. @param {string} words @param {import("./command-args.js").Facts} facts @returns {Act} */
function smute(words, facts) {
  const { person, rest } = personIn(words, facts);
  const [, minutes, reason] = /^(?:(\d+)(?:\s*min)?(?:\s+|$))?(.*)$/su.exec(rest) ?? [];
  const forS = minutes ? numberIn(minutes, facts, 1, 1440) * 60 : null;
  return { do: "smute", person, forS, reason: (reason ?? "").trim() };
}

/** @param {string} words @param {import("./command-args.js").Facts} facts @returns {Act} */
function clear(words, facts) {
  if (words.startsWith("@")) return { do: "clear", person: personIn(words, facts).person };
  return { do: "clear", count: Math.round(numberIn(words, facts, 1, 200)) };
}

/** @param {string} words @param {import("./command-args.js").Facts} facts @returns {Act} */
function time(words, { atS }) {
  if (atS === null) return refuse(t("No film is on."));
  return { do: "say", body: `${clock(atS)} ${words}`.trim() };
}

/** @param {string} words @param {import("./command-args.js").Facts} facts @returns {Act} */
function roll(words, { name }) {
  const dice = words.replace(/\s/gu, "") || "1d6";
  if (!DICE.test(dice)) return refuse(t("/{name} wants dice, like 2d6 or d20.", { name }));
  return { do: "say", body: dice, style: "roll" };
}

/** @param {string} words @param {import("./command-args.js").Facts} facts @returns {Act} */
const slow = (words, facts) => ({
  do: "slow",
  everyS: /^(off|aus)$/iu.test(words)
    ? 0
    : Math.round(numberIn(words.replace(/s$/u, ""), facts, 0, 3600)),
});

/** @type {Command[]} */
export const COMMANDS = [
  {
    name: "me",
    needs: "chat",
    takes: () => t("words"),
    does: () => t("Say what you do"),
    read: (words, facts) => ({ do: "say", body: some(words, t("/me waves"), facts), style: "me" }),
  },
  {
    name: "roll",
    needs: "chat",
    takes: () => "2d6",
    does: () => t("Throw dice; the server throws them"),
    read: roll,
  },
  {
    name: "shrug",
    needs: "chat",
    takes: () => t("words"),
    does: () => t("Add a shrug"),
    read: (words) => ({ do: "say", body: `${words} ${SHRUG}`.trim() }),
  },
  {
    name: "spoiler",
    needs: "chat",
    takes: () => t("words"),
    does: () => t("Say it covered"),
    read: (words, facts) => ({
      do: "say",
      body: `||${some(words, t("/spoiler he wakes up"), facts)}||`,
    }),
  },
  {
    name: "time",
    needs: "chat",
    takes: () => t("words"),
    does: () => t("Say where the film is"),
    read: time,
  },
  {
    name: "poll",
    needs: "chat",
    takes: () => t("What next? | A | B"),
    does: () => t("Ask the room; begin with multi for several choices"),
    read: poll,
  },
  {
    name: "seek",
    needs: "control",
    takes: () => "1:02:10",
    does: () => t("Jump in the film"),
    read: (words, facts) => ({ do: "seek", atS: place(words, facts) }),
  },
  {
    name: "rate",
    needs: "control",
    takes: () => "1.25",
    does: () => t("Set the speed"),
    read: (words, facts) => ({ do: "rate", rate: numberIn(words, facts, 0.25, 3) }),
  },
  {
    name: "away",
    needs: "",
    takes: () => "",
    does: () => t("Step away; nobody waits for you until you are back"),
    read: () => ({ do: "away" }),
  },
  {
    name: "invite",
    needs: "invite",
    takes: () => "",
    does: () => t("Invite people"),
    read: () => ({ do: "invite" }),
  },
  {
    name: "mute",
    needs: "moderate",
    takes: () => "@Ana 10",
    does: () => t("Mute somebody in the chat for so many minutes"),
    read: mute,
  },
  {
    name: "smute",
    needs: "moderate",
    takes: () => t("@Ana 10 reason"),
    does: () => t("Let somebody write unseen, for so many minutes or until you end it"),
    read: smute,
  },
  {
    name: "kick",
    needs: "moderate",
    takes: () => "@Ana",
    does: () => t("Remove somebody"),
    read: (words, facts) => ({ do: "kick", person: personIn(words, facts).person }),
  },
  {
    name: "slow",
    needs: "moderate",
    takes: () => "10",
    does: () => t("One message every so many seconds; off ends it"),
    read: slow,
  },
  {
    name: "clear",
    needs: "moderate",
    takes: () => "20",
    does: () => t("Take back the last messages, or those of @somebody"),
    read: clear,
  },
  {
    name: "help",
    needs: "",
    takes: () => "",
    does: () => t("Show all commands"),
    read: () => ({ do: "help" }),
  },
];

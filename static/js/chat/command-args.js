/** What commands take: times, numbers, dice, people; refused in words. Pure. */

import { t } from "../lib/words.js";

/** @typedef {import("../room/types.js").Person} Person */
/** @typedef {{name: string, people: Person[], atS: number | null}} Facts `name`: of the command; `people`: who else is in the room; `atS`: where the film is */

/** What was written is no such thing; its message is for whoever wrote it. */
export class CommandError extends Error {}

/** @param {string} words @returns {never} */
export function refuse(words) {
  throw new CommandError(words);
}

const TIME = /^(?:(\d{1,2}):(?=\d{1,2}:\d))?(\d{1,3}):([0-5]?\d)$/u;
const SECONDS = /^(\d{1,6})\s*s?$/u;

/**
 * 1:02:10, 12:03, 90 or 90s.
 * @param {string} words
 * @returns {number | null} seconds
 */
export function timeOf(words) {
  const plain = SECONDS.exec(words);
  if (plain) return Number(plain[1]);
  const found = TIME.exec(words);
  if (!found) return null;
  const [, hours, minutes, seconds] = found;
  if (hours !== undefined && Number(minutes) > 59) return null;
  return Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(seconds);
}

/**
 * A place in the film, or so far from where it is: 1:02:10, +30, -1:00.
 * @param {string} words
 * @param {Facts} facts
 * @returns {number} seconds
 */
export function place(words, { name, atS }) {
  const sign = /^[+\-−]/u.exec(words)?.[0];
  const time = timeOf(words.slice(sign ? 1 : 0).trim());
  if (time === null) return refuse(t("/{name} wants a time like 1:02:10, or +30.", { name }));
  if (!sign) return time;
  if (atS === null) return refuse(t("No film is on."));
  return Math.max(0, atS + (sign === "+" ? time : -time));
}

/** @param {string} words @param {Facts} facts @param {number} from @param {number} to */
export function numberIn(words, { name }, from, to) {
  const value = Number(words.replace(",", ".").replace(/[x×]$/u, ""));
  if (!words || !Number.isFinite(value) || value < from || value > to)
    return refuse(t("/{name} wants a number from {from} to {to}.", { name, from, to }));
  return value;
}

/** @param {string} words @param {string} example @param {Facts} facts */
export const some = (words, example, { name }) =>
  words || refuse(t("/{name} wants words, like: {example}", { name, example }));

/** @param {string} words */
const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * The person whose name stands in front, and what comes after it.
 * @param {string} words `@Ana Maria 10`
 * @param {Facts} facts
 * @returns {{person: Person, rest: string}}
 */
export function personIn(words, { name, people }) {
  const asked = plain(words.replace(/^@/u, ""));
  if (!asked) return refuse(t("/{name} wants a name, like @Ana.", { name }));
  const fits = people.filter(({ display_name }) => {
    const theirs = plain(display_name);
    return asked === theirs || asked.startsWith(`${theirs} `);
  });
  const longest = Math.max(...fits.map(({ display_name }) => display_name.length));
  const [person, ...more] = fits.filter(({ display_name }) => display_name.length === longest);
  if (!person) return refuse(t("Nobody here is called that. Choose a name behind an @."));
  if (more.length)
    return refuse(
      t("Several people are called {who}. Choose one in the list of people.", {
        who: person.display_name,
      }),
    );
  return { person, rest: words.replace(/^@/u, "").slice(person.display_name.length).trim() };
}

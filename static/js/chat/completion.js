/** Which name is written behind an `@` or a `:`, or command behind a `/`, and what could be meant. Pure. */

/** @typedef {import("../room/types.js").Person} Person */
/** @typedef {{start: number, query: string}} Asked `start`: where the `@` stands */

const NAME_CHARS = 40;

/**
 * @param {string} text
 * @param {number} caret
 * @returns {Asked | null} null where no name is being written
 */
export function askedAt(text, caret) {
  const before = text.slice(Math.max(0, caret - NAME_CHARS - 1), caret);
  const found = /(?:^|[^\p{L}\p{M}\p{N}_])@([^@\n]*)$/u.exec(before);
  if (!found || found[1].startsWith(" ")) return null;
  return { start: caret - found[1].length - 1, query: found[1] };
}

/**
 * A command is asked for where the whole text begins with a `/`, until its name ends.
 * @param {string} text
 * @param {number} caret
 * @returns {Asked | null}
 */
export function commandAskedAt(text, caret) {
  const found = /^\/([a-z]*)$/iu.exec(text.slice(0, caret));
  return found ? { start: 0, query: found[1] } : null;
}

/**
 * An emote or emoji is asked for behind a `:` that stands free, from the second letter on.
 * @param {string} text
 * @param {number} caret
 * @returns {Asked | null}
 */
export function emoteAskedAt(text, caret) {
  const found = /(?:^|[^\p{L}\p{M}\p{N}_:/]):([a-z0-9_]{2,32})$/iu.exec(
    text.slice(Math.max(0, caret - NAME_CHARS), caret),
  );
  return found ? { start: caret - found[1].length - 1, query: found[1] } : null;
}

/**
 * Names that begin so: the room's own first.
 * @param {string[]} own
 * @param {string[]} others
 * @param {string} query
 */
export function namesBeginning(own, others, query) {
  const asked = query.toLowerCase();
  return [...own, ...others].filter((name) => name.startsWith(asked));
}

/**
 * Those whose name begins so; none where one is written out, so that Enter sends it.
 * @template {{name: string}} T
 * @param {T[]} named
 * @param {string} query
 * @returns {T[]}
 */
export function beginning(named, query) {
  const asked = query.toLowerCase();
  if (named.some(({ name }) => name === asked)) return [];
  return named.filter(({ name }) => name.startsWith(asked));
}

/** @param {string} words without what accents and case make of them */
const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * Those whose name begins so, then those in whose name a word does.
 * @param {Person[]} people
 * @param {string} query
 * @returns {Person[]}
 */
export function matching(people, query) {
  const asked = plain(query);
  const rank = (/** @type {Person} */ { display_name }) => {
    const name = plain(display_name);
    if (name.startsWith(asked)) return 0;
    return name.split(/\s+/u).some((word) => word.startsWith(asked)) ? 1 : 2;
  };
  return people
    .map((person) => ({ person, at: rank(person) }))
    .filter(({ at }) => at < 2)
    .sort((a, b) => a.at - b.at)
    .map(({ person }) => person);
}

/**
 * The text with a name put in, and where the caret stands then.
 * @param {string} text
 * @param {number} caret
 * @param {Asked} asked
 * @param {string} name
 * @param {string} [sign] what it stands behind
 * @returns {{text: string, caret: number}}
 */
export function completed(text, caret, { start }, name, sign = "@") {
  const after = text.slice(caret);
  const put = `${sign}${name}${/^\s/u.test(after) ? "" : " "}`;
  return { text: text.slice(0, start) + put + after, caret: start + put.length };
}

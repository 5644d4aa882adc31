/** Messages in order become rows: groups of one person's words, lines of what happened, days. Pure. */

/** @typedef {import("../room/types.js").Message} Message */
/** @typedef {import("../room/types.js").Person} Person */
/**
 * @typedef {object} Pending
 * @property {string} nonce
 * @property {string} body
 * @property {number | null} media_time
 * @property {string} created_at
 * @property {"sending" | "failed"} state
 * @property {string} [reason]
 * @property {import("../room/types.js").Quote | null} [reply] what it answers
 * @property {"me" | "roll"} [style]
 */
/** @typedef {{kind: "day", key: string, day: string}} Day */
/** @typedef {{kind: "group", key: string, author: Person | null, mine: boolean, created_at: string, media_time: number | null, messages: Message[], pending: Pending[]}} Group */
/** @typedef {{kind: "line", key: string, message: Message}} Happened what somebody did */
/** @typedef {{kind: "new", key: "new"}} New where the reader stopped */
/** @typedef {Day | Group | Happened | New} Row */

/** Words of one person closer together than this are one group. */
const GROUP_MS = 5 * 60_000;

/** @param {string} iso */
const ms = (iso) => Date.parse(iso);

/** @param {string} created_at */
export const dayOf = (created_at) => new Date(created_at).toDateString();

/**
 * Whether two neighbours are words of one group.
 * @param {Message} one
 * @param {Message} next
 */
export const joins = (one, next) =>
  one.kind !== "system" &&
  next.kind !== "system" &&
  (one.author?.id ?? null) === (next.author?.id ?? null) &&
  dayOf(one.created_at) === dayOf(next.created_at) &&
  ms(next.created_at) - ms(one.created_at) < GROUP_MS;

/**
 * @param {Message[]} messages
 * @param {Pending[]} pending what is on its way, after them
 * @param {Person} me
 * @param {string} since the day that stands above them already, "" for none
 * @param {string | null} [mark] id of the first message that is new
 * @returns {Row[]}
 */
export function rowsOf(messages, pending, me, since, mark = null) {
  const begin = dayLines(since);
  /** @type {Row[]} */
  const rows = [];
  for (const message of messages) {
    if (message.hidden || (message.kind === "system" && message.deleted)) continue;
    rows.push(...begin(message.created_at));
    if (message.id === mark) rows.push({ kind: "new", key: "new" });
    placeMessage(rows, message, me);
  }
  for (const one of pending) {
    rows.push(...begin(one.created_at));
    placePending(rows, one, me);
  }
  return rows;
}

/**
 * @param {string} since
 * @returns {(created_at: string) => Day[]} the line before a moment, where it begins another day
 */
function dayLines(since) {
  let today = since;
  return (created_at) => {
    const day = dayOf(created_at);
    if (day === today) return [];
    today = day;
    return [{ kind: "day", key: `d${day}`, day }];
  };
}

/**
 * @param {Row[]} rows
 * @param {Message} message
 * @param {Person} me
 */
function placeMessage(rows, message, me) {
  if (message.kind === "system") return rows.push({ kind: "line", key: message.id, message });
  const open = openGroup(rows, message.author?.id ?? null, message.created_at);
  if (open) return open.messages.push(message);
  const { author, created_at, media_time } = message;
  return rows.push({
    kind: "group",
    key: `g${message.id}`,
    author,
    mine: author?.id === me.id,
    created_at,
    media_time,
    messages: [message],
    pending: [],
  });
}

/**
 * @param {Row[]} rows
 * @param {Pending} pending
 * @param {Person} me
 */
function placePending(rows, pending, me) {
  const open = openGroup(rows, me.id, pending.created_at);
  if (open) return open.pending.push(pending);
  const { created_at, media_time, nonce } = pending;
  return rows.push({
    kind: "group",
    key: `p${nonce}`,
    author: me,
    mine: true,
    created_at,
    media_time,
    messages: [],
    pending: [pending],
  });
}

/**
 * @param {Row[]} rows
 * @param {string | null} authorId
 * @param {string} created_at
 * @returns {Group | null} the last group, when it can take one more of this author
 */
function openGroup(rows, authorId, created_at) {
  const last = rows.at(-1);
  if (last?.kind !== "group" || (last.author?.id ?? null) !== authorId) return null;
  const newest =
    last.messages.at(-1)?.created_at ?? last.pending.at(-1)?.created_at ?? last.created_at;
  return ms(created_at) - ms(newest) < GROUP_MS ? last : null;
}

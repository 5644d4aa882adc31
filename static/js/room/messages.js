/** What news of a message makes of it, and of the answers that quote it. Pure. */

/** @typedef {import("./types.js").Frame} Frame */
/** @typedef {import("./types.js").Message} Message */
/** @typedef {import("./types.js").Quote} Quote */

/** So many characters of a message its answers show, as the server counts them. */
const QUOTE_CHARS = 120;

/** @param {string} body */
export const quoteOf = (body) => [...body].slice(0, QUOTE_CHARS).join("");

/**
 * @param {Message} message
 * @param {string} id of what it may quote
 * @param {Partial<Quote>} change
 * @returns {Message} the same one where it quotes something else
 */
export const requoted = (message, id, change) =>
  message.reply?.id === id ? { ...message, reply: { ...message.reply, ...change } } : message;

/**
 * @param {Frame} event `chat:edited`
 * @returns {(message: Message) => Message}
 */
export const edited = (event) => (message) => {
  const id = event.message?.id ?? event.id;
  const change = event.message ?? { body: event.body };
  if (message.id === id) return { ...message, ...change };
  return requoted(message, id, { text: quoteOf(change.body) });
};

/**
 * @param {string} id of what was taken back
 * @returns {(message: Message) => Message}
 */
export const takenBack = (id) => (message) => requoted(message, id, { text: "", deleted: true });

/**
 * @param {Frame} event `chat:reaction`
 * @returns {(message: Message) => Message}
 */
export const reacted =
  ({ id, emoji, count, people }) =>
  (message) => {
    if (message.id !== id) return message;
    const others = (message.reactions ?? []).filter((one) => one.emoji !== emoji);
    const now = count ? [...others, { emoji, count, by: people }] : others;
    return { ...message, reactions: now.sort((a, b) => (a.emoji < b.emoji ? -1 : 1)) };
  };

/**
 * @param {Frame} event `poll:voted` or `poll:closed`
 * @returns {Partial<import("./types.js").Poll>} what a poll is from now on
 */
export const counted = ({ counts, voters, closed_at }) => ({
  counts,
  voters,
  ...(closed_at ? { closed_at } : {}),
});

/**
 * @param {Frame} event `poll:voted` or `poll:closed`
 * @returns {(message: Message) => Message}
 */
export const voted = (event) => (message) =>
  message.id === event.id && message.poll
    ? { ...message, poll: { ...message.poll, ...counted(event) } }
    : message;

/**
 * @param {Frame} event `chat:pinned`
 * @returns {(message: Message) => Message}
 */
export const pinned =
  ({ id, on }) =>
  (message) =>
    message.id === id ? { ...message, pinned: on } : message;

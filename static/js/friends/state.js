/** Friends as the server tells them: a snapshot, and what every event makes of it. Pure. */

/** @typedef {import("../protocol.js").Friend} Friend */
/** @typedef {import("../protocol.js").FriendAsk} FriendAsk */
/** @typedef {import("../protocol.js").Notice} Notice */
/** @typedef {import("../protocol.js").Person} Person */
/** @typedef {Record<string, any> & {type: string}} Frame */
/**
 * @typedef {object} MeState
 * @property {Friend[]} friends
 * @property {FriendAsk[]} asked_me newest first
 * @property {FriendAsk[]} asked_by_me newest first
 * @property {number} unread notices that were not looked at
 */

/** @param {Frame} snapshot @returns {MeState} */
export const fromSnapshot = ({ friends, asked_me, asked_by_me, notices_unread }) => ({
  friends,
  asked_me,
  asked_by_me,
  unread: notices_unread,
});

/**
 * @template {{user: Person}} T
 * @param {T[]} rows
 * @param {string} userId
 */
const without = (rows, userId) => rows.filter(({ user }) => user.id !== userId);

/** @param {MeState} state @param {string} userId @returns {MeState} */
const forgotten = (state, userId) => ({
  ...state,
  friends: without(state.friends, userId),
  asked_me: without(state.asked_me, userId),
  asked_by_me: without(state.asked_by_me, userId),
});

/**
 * @template {{user: Person}} T
 * @param {T[]} rows
 * @param {Person} user as they are now
 * @returns {T[]}
 */
const renewed = (rows, user) =>
  rows.map((row) => (row.user.id === user.id ? { ...row, user } : row));

/** @type {Record<string, (state: MeState, event: Frame) => MeState>} */
const REDUCERS = {
  "friend:asked": (state, { ask, by_me }) => {
    const list = by_me ? "asked_by_me" : "asked_me";
    return { ...state, [list]: [ask, ...without(state[list], ask.user.id)] };
  },
  "friend:accepted": (state, { friend }) => {
    const others = forgotten(state, friend.user.id);
    return { ...others, friends: [...others.friends, friend] };
  },
  "friend:updated": (state, { user }) => ({
    ...state,
    friends: renewed(state.friends, user),
    asked_me: renewed(state.asked_me, user),
    asked_by_me: renewed(state.asked_by_me, user),
  }),
  "friend:removed": (state, { user_id }) => forgotten(state, user_id),
  "presence:changed": (state, { user_id, presence, room, since }) => ({
    ...state,
    friends: state.friends.map((one) =>
      one.user.id === user_id ? { ...one, presence, room, since } : one,
    ),
  }),
  "notice:new": (state, { unread }) => ({ ...state, unread }),
  "notice:count": (state, { unread }) => ({ ...state, unread }),
};

/**
 * The state after an event; the same object when nothing in it changed. Harmless twice.
 * @param {MeState} state
 * @param {Frame} event
 */
export const apply = (state, event) => REDUCERS[event.type]?.(state, event) ?? state;

const RANK = { watching: 0, online: 1, offline: 2 };

/**
 * Who watches first, then who is here, then the others; by name among equals.
 * @param {Friend[]} friends
 */
export const inOrder = (friends) =>
  friends.toSorted(
    (a, b) =>
      RANK[a.presence] - RANK[b.presence] || a.user.display_name.localeCompare(b.user.display_name),
  );

/**
 * What one person is to another: decides what may be done.
 * @param {MeState | null} state
 * @param {string} userId
 * @returns {"friend" | "asked" | "asks" | "none"}
 */
export function standingOf(state, userId) {
  const has = (/** @type {{user: Person}[] | undefined} */ rows) =>
    rows?.some(({ user }) => user.id === userId);
  if (has(state?.friends)) return "friend";
  if (has(state?.asked_by_me)) return "asked";
  return has(state?.asked_me) ? "asks" : "none";
}

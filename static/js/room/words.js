/** Says in words who did what: for the sign on the film when it happens, for the line in chat. Pure. */

import { either, list, t, tc, tn, tp } from "../lib/words.js";
import { evenings, struck } from "./evening/said.js";
import { granters } from "./rights.js";
import { DEEDS, eveningBegins, filmGone, filmRemoved, hasRole, nextFilm } from "./sentences.js";

export { rateText } from "./sentences.js";

/** @typedef {import("./types.js").Frame} Frame */
/** @typedef {import("./types.js").RoomState} RoomState */
/** @typedef {import("./types.js").Part} Part */
/** @typedef {import("./types.js").Line} Line */
/** @typedef {import("./types.js").Person} Person */

/**
 * @param {RoomState} state
 * @param {string | null | undefined} userId
 * @returns {Person | null}
 */
export const personOf = (state, userId) =>
  state.members.find((one) => one.user.id === userId)?.user ??
  (userId === state.me.user.id ? state.me.user : null);

/**
 * Whether a person is in the room already, so that their coming is no news. Oneself always is.
 * @param {RoomState} state
 * @param {string} userId
 */
const isHere = ({ me, members }, userId) =>
  userId === me.user.id ||
  members.some(({ user, presence }) => user.id === userId && presence !== "offline");

/**
 * The name to say: "You" for oneself, "Someone" for a person who has left the list.
 * @param {RoomState} state
 * @param {string | null | undefined} userId
 */
export const nameOf = (state, userId) =>
  userId === state.me.user.id ? t("You") : (personOf(state, userId)?.display_name ?? t("Someone"));

/**
 * Who is waited for, as "Waiting for …" takes it.
 * @param {RoomState} state
 * @param {string[]} ids
 */
export function namesOf(state, ids) {
  const names = ids.map((id) =>
    id === state.me.user.id ? tc("waiting for", "you") : nameOf(state, id),
  );
  if (names.length < 3) return list(names);
  const others = names.length - 1;
  return tn("{name} and {n} other", "{name} and {n} others", others, { name: names[0] });
}

/**
 * @param {RoomState} state
 * @param {string | null} itemId
 */
export const titleOf = (state, itemId) =>
  state.queue.find((item) => item.id === itemId)?.title ?? t("a film");

/**
 * @param {import("./types.js").Timeline} timeline
 * @param {number} atMs
 */
const positionAt = (timeline, atMs) =>
  timeline.paused
    ? timeline.position
    : timeline.position + (Math.max(0, atMs - timeline.at) / 1000) * timeline.rate;

/** @typedef {import("./sentences.js").Facts} Facts */

/**
 * What a command told of now would be in the history.
 * @param {Frame} event
 * @param {RoomState} before
 * @returns {Facts}
 */
const factsOf = ({ timeline }, before) => ({
  position: timeline.position,
  rate: timeline.rate,
  item_id: timeline.item_id,
  title: titleOf(before, timeline.item_id),
  back: timeline.position < positionAt(before.timeline, timeline.at),
});

/**
 * The doer as a sentence takes them: null for oneself.
 * @param {RoomState} state
 * @param {string | null | undefined} userId
 */
const whoOf = (state, userId) =>
  userId === state.me.user.id ? null : { b: nameOf(state, userId) };

/**
 * @param {string | null} title
 * @returns {Line}
 */
const next = (title) => ({ ...nextFilm(title), who: null });

/**
 * A line of the history in words: what the server tells of a person, or of itself.
 * @param {import("./types.js").Message} message
 * @param {string} myId
 * @returns {Line}
 */
export function lineOf({ author, deed, body }, myId) {
  if (deed?.name === "begin") return { ...eveningBegins(deed.title), who: null };
  const sentence = deed && DEEDS[deed.name];
  if (!sentence) return { icon: "info", who: author, parts: [body] };
  if (!author) return byItself(deed);
  return { ...sentence(deed, author.id === myId ? null : { b: author.display_name }), who: author };
}

/** @param {NonNullable<import("./types.js").Message["deed"]>} deed @returns {Line} */
function byItself({ name, title }) {
  if (name === "evening_cancelled") return struck();
  return name === "removed" ? { ...filmRemoved(title), who: null } : next(title);
}

/** @type {Record<string, (event: Frame, before: RoomState, after: RoomState) => Line | null>} */
const TELL = {
  "sync:command": (event, before) => {
    const { action, by, timeline } = event;
    if (by && DEEDS[action])
      return {
        ...DEEDS[action](factsOf(event, before), whoOf(before, by)),
        who: personOf(before, by),
      };
    if (action === "hold" && timeline.hold?.reason === "buffering") {
      return {
        icon: "clock",
        heard: true,
        who: personOf(before, timeline.hold.by[0]),
        parts: tp("Waiting for {names}", { names: { b: namesOf(before, timeline.hold.by) } }),
      };
    }
    if (action === "begin")
      return { ...eveningBegins(titleOf(before, timeline.item_id)), who: null };
    if (action !== "load") return null;
    return timeline.item_id
      ? next(titleOf(before, timeline.item_id))
      : { ...filmGone(), who: null };
  },
  "room:member:joined": ({ member }, before) =>
    isHere(before, member.user.id)
      ? null
      : { ...DEEDS.joined({}, { b: member.user.display_name }), who: member.user },
  "room:member:left": ({ user_id, reason }, before) => {
    const person = personOf(before, user_id);
    if (!person) return null;
    const who = { b: person.display_name };
    const sent = {
      kicked: tp("{who} was removed", { who }),
      banned: tp("{who} was banned", { who }),
    };
    const parts = sent[/** @type {"kicked"} */ (reason)] ?? tp("{who} left", { who });
    return { icon: "leave", who: person, parts };
  },
  "queue:updated": (event, before, after) => {
    const fresh = after.queue.find((item) => !before.queue.some(({ id }) => id === item.id));
    const by = fresh?.added_by ?? event.by;
    return fresh && by
      ? { ...DEEDS.added({ title: fresh.title }, whoOf(after, by)), who: personOf(after, by) }
      : null;
  },
  "room:member:updated": ({ member }, before) => {
    const was = before.members.find((one) => one.user.id === member.user.id);
    if (!was || !member.role || was.role === member.role) return null;
    const parts = hasRole(member.role, whoOf(before, was.user.id));
    return { icon: "crown", who: was.user, parts };
  },
  "evening:changed": ({ evening, what, by }, before) => {
    if (what === "cancelled" && !by) return struck();
    const parts = evenings(what, whoOf(before, by), evening);
    return parts && { icon: "clock", who: personOf(before, by), parts };
  },
  "room:updated": ({ room }, before) =>
    room.name && room.name !== before.room.name
      ? {
          icon: "settings",
          who: null,
          parts: tp("The room is called {name} now", { name: { b: room.name } }),
        }
      : null,
};

/** @type {Record<string, () => string>} */
const ROLES = {
  owner: () => t("Host"),
  moderator: () => t("Moderator"),
  member: () => t("Member"),
  guest: () => t("Guest"),
};

/** @param {string} role */
export const roleText = (role) => ROLES[role]?.() ?? role;

/** @type {Record<string, () => string>} */
const CONTROL = {
  owner: () => t("only the host may press play"),
  moderators: () => t("moderators may press play"),
  everyone: () => t("everyone may press play"),
};

/** @param {string} control */
export const controlText = (control) => CONTROL[control]?.() ?? "";

/** @type {Record<string, () => string>} */
const CONTROL_REFUSAL = {
  owner: () => t("Only the host controls playback"),
  moderators: () => t("Only the host and moderators control playback"),
  everyone: () => t("You can't control playback here"),
};

const NAMED_AT_MOST = 3;

/**
 * Who can give me the remote, by name when few of them are here.
 * @param {RoomState} state
 */
export function refusalText(state) {
  const names = granters(state, state.me).map(({ user }) => user.display_name);
  if (names.length && names.length <= NAMED_AT_MOST)
    return t("Only {names} can give you the remote", { names: either(names) });
  return (CONTROL_REFUSAL[state.room.control] ?? CONTROL_REFUSAL.owner)();
}

/**
 * @param {Frame} event
 * @param {RoomState} before
 * @param {RoomState} after
 * @returns {Line | null}
 */
export const describe = (event, before, after) => TELL[event.type]?.(event, before, after) ?? null;

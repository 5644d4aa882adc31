/** Says in words who did what: for the sign on the film when it happens, for the line in chat. Pure. */

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
  userId === state.me.user.id ? "You" : (personOf(state, userId)?.display_name ?? "Someone");

/**
 * @param {RoomState} state
 * @param {string[]} ids
 */
export function namesOf(state, ids) {
  const names = ids.map((id) => (id === state.me.user.id ? "you" : nameOf(state, id)));
  if (names.length < 3) return names.join(" and ");
  return `${names[0]} and ${names.length - 1} others`;
}

/**
 * @param {RoomState} state
 * @param {string | null} itemId
 */
export const titleOf = (state, itemId) =>
  state.queue.find((item) => item.id === itemId)?.title ?? "a film";

/**
 * @param {import("./types.js").Timeline} timeline
 * @param {number} atMs
 */
const positionAt = (timeline, atMs) =>
  timeline.paused
    ? timeline.position
    : timeline.position + (Math.max(0, atMs - timeline.at) / 1000) * timeline.rate;

/** @param {number} rate */
export const rateText = (rate) => `${Number(rate.toFixed(2))}×`;

/** @typedef {Record<string, any>} Facts the rest of a deed's sentence, as the server tells it */

/** @type {Record<string, (facts: Facts) => {icon: string, parts: Part[]}>} */
const DEEDS = {
  play: () => ({ icon: "play", parts: [" pressed play"] }),
  pause: ({ position }) => ({ icon: "pause", parts: [" paused at ", { time: position }] }),
  seek: ({ position, back }) => ({
    icon: "retry",
    parts: [back ? " jumped back to " : " jumped to ", { time: position }],
  }),
  rate: ({ rate }) => ({ icon: "clock", parts: [" set the speed to ", { b: rateText(rate) }] }),
  load: ({ item_id, title }) =>
    item_id
      ? { icon: "film", parts: [" started ", { b: title ?? "a film" }] }
      : { icon: "film", parts: [" took the film off"] },
  added: ({ title }) => ({ icon: "queue", parts: [" added ", { b: title }] }),
  joined: () => ({ icon: "people", parts: [" joined"] }),
  left: () => ({ icon: "leave", parts: [" left"] }),
  kicked: ({ display_name }) => ({ icon: "leave", parts: [" removed ", { b: display_name }] }),
  role: ({ display_name, role }) => ({
    icon: "crown",
    parts: [" made ", { b: display_name }, ` ${roleText(role).toLowerCase()}`],
  }),
  renamed: ({ title }) => ({ icon: "settings", parts: [" called the room ", { b: title }] }),
};

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

/** @param {string} title */
const nextFilm = (title) => ({
  icon: "film",
  who: null,
  parts: /** @type {Part[]} */ (["Next: ", { b: title }]),
});

/**
 * A line of the history in words: what the server tells of a person, or of itself.
 * @param {import("./types.js").Message} message
 * @param {string} myId
 * @returns {Line}
 */
export function lineOf({ author, deed, body }, myId) {
  const sentence = deed && DEEDS[deed.name];
  if (!sentence) return { icon: "info", who: author, parts: [body] };
  if (!author) return nextFilm(deed.title ?? "a film");
  const { icon, parts } = sentence(deed);
  const name = author.id === myId ? "You" : author.display_name;
  return { icon, who: author, parts: [{ b: name }, ...parts] };
}

/** @type {Record<string, (event: Frame, before: RoomState, after: RoomState) => Line | null>} */
const TELL = {
  "sync:command": (event, before) => {
    const deed = event.by && DEEDS[event.action]?.(factsOf(event, before));
    if (deed)
      return {
        icon: deed.icon,
        who: personOf(before, event.by),
        parts: [{ b: nameOf(before, event.by) }, ...deed.parts],
      };
    const { timeline } = event;
    if (event.action === "hold" && timeline.hold?.reason === "buffering") {
      return {
        icon: "clock",
        who: personOf(before, timeline.hold.by[0]),
        parts: ["Waiting for ", { b: namesOf(before, timeline.hold.by) }],
      };
    }
    if (event.action === "load" && timeline.item_id)
      return nextFilm(titleOf(before, timeline.item_id));
    return null;
  },
  "room:member:joined": ({ member }, before) =>
    isHere(before, member.user.id)
      ? null
      : { icon: "people", who: member.user, parts: [{ b: member.user.display_name }, " joined"] },
  "room:member:left": ({ user_id, reason }, before) => {
    const person = personOf(before, user_id);
    const was = reason === "kicked" ? " was removed" : " left";
    return person && { icon: "leave", who: person, parts: [{ b: person.display_name }, was] };
  },
  "queue:updated": (event, before, after) => {
    const fresh = after.queue.find((item) => !before.queue.some(({ id }) => id === item.id));
    const by = fresh?.added_by ?? event.by;
    return fresh && by
      ? {
          icon: "queue",
          who: personOf(after, by),
          parts: [{ b: nameOf(after, by) }, " added ", { b: fresh.title }],
        }
      : null;
  },
  "room:member:updated": ({ member }, before) => {
    const was = before.members.find((one) => one.user.id === member.user.id);
    if (!was || !member.role || was.role === member.role) return null;
    return {
      icon: "crown",
      who: was.user,
      parts: [
        { b: nameOf(before, was.user.id) },
        ` ${member.user.id === before.me.user.id ? "are" : "is"} now ${roleText(member.role).toLowerCase()}`,
      ],
    };
  },
  "room:updated": ({ room }, before) =>
    room.name && room.name !== before.room.name
      ? { icon: "settings", who: null, parts: ["The room is called ", { b: room.name }, " now"] }
      : null,
};

/** @type {Record<string, string>} */
const ROLES = { owner: "Host", moderator: "Moderator", member: "Member", guest: "Guest" };

/** @param {string} role */
export const roleText = (role) => ROLES[role] ?? role;

/** @type {Record<string, string>} */
const CONTROL = {
  owner: "only the host may press play",
  moderators: "moderators may press play",
  everyone: "everyone may press play",
};

/** @param {string} control */
export const controlText = (control) => CONTROL[control] ?? "";

/** @type {Record<string, string>} */
const CONTROL_REFUSAL = {
  owner: "Only the host controls playback",
  moderators: "Only the host and moderators control playback",
  everyone: "You can't control playback here",
};

/** @param {string} control */
export const refusalText = (control) => CONTROL_REFUSAL[control] ?? CONTROL_REFUSAL.owner;

/**
 * @param {Frame} event
 * @param {RoomState} before
 * @param {RoomState} after
 * @returns {Line | null}
 */
export const describe = (event, before, after) => TELL[event.type]?.(event, before, after) ?? null;

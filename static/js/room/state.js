/** The room as the server tells it: a snapshot, and what every event makes of it. Pure. */

import { EVENING } from "./evening/state.js";
import { memberChanged, peopleMoved, watchingOf, withViewer } from "./members.js";
import { counted, edited, pinned, reacted, takenBack, voted } from "./messages.js";
import { capabilitiesWith } from "./rights.js";

/** @typedef {import("./types.js").RoomState} RoomState */
/** @typedef {import("./types.js").Member} Member */
/** @typedef {import("./types.js").Message} Message */
/** @typedef {import("./types.js").Frame} Frame */

/** Messages the state itself keeps; the chat log holds what was scrolled back to. */
const MESSAGES_KEPT = 50;

/**
 * @param {Frame} snapshot
 * @returns {RoomState}
 */
export function fromSnapshot(snapshot) {
  const { epoch, seq, room, me, members, timeline, queue, messages, voice } = snapshot;
  return {
    epoch,
    seq,
    room,
    me,
    members,
    timeline,
    queue,
    messages,
    voice,
    reactions: snapshot.reactions ?? [],
    pins: snapshot.pins ?? 0,
    reports: snapshot.reports ?? 0,
    emotes: snapshot.emotes ?? [],
    polls: snapshot.polls ?? [],
    away: snapshot.away ?? [],
    evening: snapshot.evening ?? null,
    evening_ready: snapshot.evening_ready ?? [],
    votes: snapshot.votes ?? {},
    chat_read: snapshot.chat_read ?? null,
    member_count: snapshot.member_count ?? members.length,
    watching: {},
    videos: {},
    closed: false,
  };
}

/**
 * @param {RoomState} state
 * @param {(message: Message) => Message} change
 * @returns {RoomState}
 */
const messagesMapped = (state, change) => ({ ...state, messages: state.messages.map(change) });

/**
 * @param {import("./types.js").Emote[]} emotes
 * @param {import("./types.js").Emote} emote
 */
const emotesWith = (emotes, emote) =>
  [...emotes.filter(({ name }) => name !== emote.name), emote].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );

/**
 * @param {RoomState} state
 * @param {string[]} ids
 * @returns {RoomState}
 */
const messagesGone = (state, ids) => ({
  ...state,
  messages: ids.reduce(
    (kept, id) => kept.map(takenBack(id)),
    state.messages.filter((one) => !ids.includes(one.id)),
  ),
  polls: state.polls.filter((one) => !ids.includes(one.id)),
});

/**
 * @param {import("./types.js").OpenPoll[]} polls
 * @param {Message} message
 */
const pollsWith = (polls, { id, body, author, item_id, media_time, poll }) => [
  ...polls.filter((one) => one.id !== id),
  ...(poll && !poll.closed_at
    ? [{ id, question: body, author_id: author?.id ?? null, item_id, media_time, ...poll }]
    : []),
];

/**
 * What a role may do follows the room's settings; people's own rights stay.
 * @param {RoomState} state
 * @returns {RoomState}
 */
function recapped(state) {
  const byRole = state.room.capabilities;
  if (!byRole) return state;
  /** @param {Member} member */
  const recap = (member) => ({
    ...member,
    capabilities: capabilitiesWith(byRole[member.role] ?? member.capabilities, member.rights),
  });
  return { ...state, me: recap(state.me), members: state.members.map(recap) };
}

/**
 * @param {RoomState} state
 * @param {(peers: any[]) => any[]} change
 * @returns {RoomState}
 */
const peersChanged = (state, change) => ({
  ...state,
  voice: { ...state.voice, peers: change(state.voice.peers) },
});

/** @type {Record<string, (state: RoomState, event: Frame) => RoomState>} */
const REDUCERS = {
  ...EVENING,
  "sync:command": (state, { timeline }) =>
    timeline.seq > state.timeline.seq ? { ...state, timeline } : state,
  "chat:message": (state, { message, seq }) => ({
    ...state,
    messages: [
      ...state.messages.filter(({ id }) => id !== message.id),
      { ...message, seq: message.seq ?? seq },
    ].slice(-MESSAGES_KEPT),
    polls: message.poll ? pollsWith(state.polls, message) : state.polls,
  }),
  "poll:voted": (state, event) => ({
    ...messagesMapped(state, voted(event)),
    polls: state.polls.map((one) => (one.id === event.id ? { ...one, ...counted(event) } : one)),
  }),
  "poll:chosen": (state, { id, options }) => ({
    ...state,
    votes: { ...state.votes, [id]: options },
  }),
  "poll:closed": (state, event) => ({
    ...messagesMapped(state, voted(event)),
    polls: state.polls.filter(({ id }) => id !== event.id),
  }),
  "chat:edited": (state, event) => messagesMapped(state, edited(event)),
  "chat:reaction": (state, event) => messagesMapped(state, reacted(event)),
  "chat:pinned": (state, event) => ({
    ...messagesMapped(state, pinned(event)),
    pins: event.count,
  }),
  "chat:deleted": (state, { id }) => messagesGone(state, [id]),
  "chat:cleared": (state, { ids, pins }) => ({ ...messagesGone(state, ids), pins }),
  "emote:added": (state, { emote }) => ({ ...state, emotes: emotesWith(state.emotes, emote) }),
  "emote:removed": (state, { name }) => ({
    ...state,
    emotes: state.emotes.filter((one) => one.name !== name),
  }),
  "room:report": (state, { count }) => ({ ...state, reports: count }),
  "queue:updated": (state, event) => ({ ...state, queue: event.items }),
  "room:member:joined": (state, { member }) => peopleMoved(state, [member], []),
  "room:member:left": (state, { user_id }) => peopleMoved(state, [], [user_id]),
  "room:member:updated": (state, { member }) => {
    const { presence: _presence, ...own } = member; // of others it is news, of oneself it is not
    return {
      ...memberChanged(state, member),
      me: member.user.id === state.me.user.id ? { ...state.me, ...own } : state.me,
    };
  },
  "room:members": (state, { joined, left, count }) => ({
    ...peopleMoved(state, joined, left),
    member_count: count,
  }),
  "room:away": (state, { away }) => ({ ...state, away }),
  "room:updated": (state, { room }) => recapped({ ...state, room: { ...state.room, ...room } }),
  "room:closed": (state) => ({ ...state, closed: true }),
  "sync:members": (state, { members }) => ({
    ...state,
    watching: members.reduce(withViewer, state.watching),
  }),
  "voice:peer:joined": (state, { peer }) =>
    peersChanged(state, (peers) => [
      ...peers.filter(({ session }) => session !== peer.session),
      peer,
    ]),
  "voice:peer:left": (state, event) =>
    peersChanged(state, (peers) => peers.filter(({ session }) => session !== event.session)),
  "voice:peer:state": (state, { session, muted, deafened, speaking }) =>
    peersChanged(state, (peers) =>
      peers.map((peer) =>
        peer.session === session ? { ...peer, muted, deafened, speaking } : peer,
      ),
    ),
  "video:updated": (state, { type: _type, ...news }) => ({
    ...state,
    videos: { ...state.videos, [news.id]: { ...state.videos[news.id], ...news } },
  }),
};

/**
 * The state after an event; the same object when nothing in it changed.
 * @param {RoomState} state
 * @param {Frame} event
 * @returns {RoomState}
 */
export function apply(state, event) {
  const reduce = REDUCERS[event.type];
  const next = reduce ? reduce(state, event) : state;
  return typeof event.seq === "number" && event.seq > next.seq ? { ...next, seq: event.seq } : next;
}

/**
 * A snapshot that came with a reconnect: everything from it but the sequence number, so that
 * the events missed in between can still be replayed over it, and what passing events had told.
 * @param {RoomState} state
 * @param {Frame} snapshot
 * @returns {RoomState}
 */
export function refreshed(state, snapshot) {
  const fresh = fromSnapshot(snapshot);
  const here = new Set(fresh.members.map(({ user }) => user.id));
  const watching = watchingOf(state, (id) => here.has(id));
  return { ...fresh, seq: state.seq, videos: state.videos, watching };
}

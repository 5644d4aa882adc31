/** Who is in the room and what their players do: what news of people makes of the state. Pure. */

/** @typedef {import("./types.js").RoomState} RoomState */
/** @typedef {import("./types.js").Member} Member */

/**
 * @param {Member[]} members
 * @param {Member} member
 */
const withMember = (members, member) => {
  const at = members.findIndex((one) => one.user.id === member.user.id);
  return at < 0 ? [...members, member] : members.with(at, { ...members[at], ...member });
};

/** How many of these are here. @param {Member[]} members */
const heads = (members) => members.filter(({ presence }) => presence !== "offline").length;

/**
 * @param {RoomState} state
 * @param {Member[]} joined
 * @param {string[]} left
 * @returns {RoomState}
 */
export function peopleMoved(state, joined, left) {
  const staying = state.members.filter((one) => !left.includes(one.user.id));
  const members = joined.reduce(withMember, staying);
  const member_count = state.member_count + heads(members) - heads(state.members);
  const watching = watchingOf(state, (id) => !left.includes(id));
  const moved = new Set([...left, ...joined.map(({ user }) => user.id)]);
  const away = state.away.filter((id) => !moved.has(id));
  return { ...state, members, member_count, watching, away };
}

/**
 * The players of those who stay.
 * @param {RoomState} state
 * @param {(userId: string) => boolean} stays
 * @returns {RoomState["watching"]}
 */
export const watchingOf = ({ watching }, stays) =>
  Object.fromEntries(Object.entries(watching).filter(([id]) => stays(id)));

/**
 * What is new of a member. The list holds who is here, as the snapshot's does: joins and leaves
 * say who that is, and news of somebody away, or beyond the snapshot's hundred, is not for it.
 * @param {RoomState} state
 * @param {Member} member
 * @returns {RoomState}
 */
export function memberChanged(state, member) {
  if (member.presence === "offline") return peopleMoved(state, [], [member.user.id]);
  const known = state.members.some((one) => one.user.id === member.user.id);
  return known ? { ...state, members: withMember(state.members, member) } : state;
}

/**
 * @param {RoomState["watching"]} watching
 * @param {import("./types.js").Viewer} viewer
 */
export function withViewer(watching, viewer) {
  const { [viewer.tab ?? ""]: _before, ...others } = watching[viewer.user_id] ?? {};
  const players = viewer.state === "gone" ? others : { ...others, [viewer.tab ?? ""]: viewer };
  return { ...watching, [viewer.user_id]: players };
}

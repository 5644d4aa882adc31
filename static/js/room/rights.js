/** What people may do: what a role says here, and each right of their own. Pure. */

import { clock } from "../lib/format.js";

/** @typedef {import("./types.js").Member} Member */
/** @typedef {import("./types.js").Right} Right */
/** @typedef {import("./types.js").RoomState} RoomState */

/** In the order in which the server's table has them. */
export const CAPABILITIES = ["control", "queue", "chat", "voice", "invite", "moderate", "settings"];

/** From the highest down. */
export const ROLES = ["owner", "moderator", "member", "guest"];

/**
 * @param {string[]} byRole what the role alone may do here
 * @param {Right[]} [rights] a person's own; those that are over are gone from it
 * @returns {string[]} sorted, as the server sends it
 */
export function capabilitiesWith(byRole, rights = []) {
  if (!rights.length) return byRole;
  const held = new Set(byRole);
  for (const { capability, allowed } of rights) {
    if (allowed) held.add(capability);
    else held.delete(capability);
  }
  return [...held].sort();
}

/**
 * @param {Member} member
 * @param {string} capability
 * @returns {Right | undefined} the right of their own that decides this, if there is one
 */
export const rightFor = ({ rights }, capability) =>
  rights?.find((one) => one.capability === capability);

/**
 * Whether one person may send another away, or change what they may do.
 * @param {Member} me
 * @param {Member} other
 */
export const mayManage = (me, other) =>
  me.capabilities.includes("moderate") &&
  me.user.id !== other.user.id &&
  ROLES.indexOf(me.role) < ROLES.indexOf(other.role);

/**
 * Whether `me` may change this capability of `other`, as the server decides it.
 * @param {Member} me
 * @param {Member} other
 * @param {string} capability
 * @param {boolean} gives and does not take
 */
export const mayChange = (me, other, capability, gives) =>
  mayManage(me, other) &&
  (me.role === "owner" || !["moderate", "settings"].includes(capability)) &&
  (!gives || capability === "control" || me.capabilities.includes(capability));

/**
 * Who else may give somebody the remote, the host first.
 * @param {RoomState} state
 * @param {Member} to
 */
export const granters = ({ members }, to) =>
  members
    .filter((one) => one.presence !== "offline" && mayChange(one, to, "control", true))
    .toSorted((a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role));

/**
 * How long a right goes on, as a clock says it; "" without an end.
 * @param {Right} right
 * @param {number} nowMs server time
 */
export const leftText = ({ until }, nowMs) =>
  until === null ? "" : clock(Math.ceil((until - nowMs) / 1000));

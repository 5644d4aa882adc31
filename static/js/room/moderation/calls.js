/** What moderators alone read and settle, over the API. */

import { http } from "../../lib/http.js";

/** @typedef {import("../types.js").Person} Person */
/**
 * @typedef {object} Report somebody asked the moderators to look
 * @property {string} id
 * @property {string} kind
 * @property {string} note
 * @property {"open" | "taken" | "done" | "dismissed"} state
 * @property {string | null} message_id
 * @property {string | null} item_id
 * @property {number | null} media_time seconds of that film
 * @property {string} created_at
 * @property {Person | null} reporter
 * @property {Person | null} person whom it is about
 * @property {boolean} message_deleted
 * @property {string} excerpt the message as it was
 * @property {Person | null} handled_by
 */
/** @typedef {{id: string, action: string, by: Person | null, person: Person | null, reason: string, facts: Record<string, any>, created_at: string}} Measure */
/** @typedef {{user: Person, by: Person | null, reason: string, until: string | null, created_at: string}} Ban */
/** @typedef {{user: Person, by: Person | null, reason: string, until: string | null, created_at: string, count: number}} ShadowMute `count`: messages that nobody got */
/**
 * @template T
 * @typedef {{results: T[], next: string | null}} Page
 */

/** @param {string | null} next the address of the next page */
const cursorOf = (next) =>
  next ? (new URL(next).searchParams.get("cursor") ?? undefined) : undefined;

/** @param {string} path of the room @param {string | null} next @returns {Promise<Page<Report>>} those that wait, the newest first */
export const reports = (path, next) =>
  http.get(`${path}/reports/`, { query: { state: "waiting", cursor: cursorOf(next) } });

/** @param {string} path @param {string} id @param {"taken" | "done" | "dismissed"} state @returns {Promise<Report>} */
export const settle = (path, id, state) => http.patch(`${path}/reports/${id}/`, { state });

/** @param {string} path @param {string | null} next @returns {Promise<Page<Measure>>} the newest first */
export const measures = (path, next) =>
  http.get(`${path}/moderation/`, { query: { cursor: cursorOf(next) } });

/** @param {string} path @param {string | null} next @returns {Promise<Page<Ban>>} the newest first */
export const bans = (path, next) =>
  http.get(`${path}/bans/`, { query: { cursor: cursorOf(next) } });

/** @param {string} path @param {string | null} next @returns {Promise<Page<ShadowMute>>} the newest first */
export const shadowMutes = (path, next) =>
  http.get(`${path}/shadow-mutes/`, { query: { cursor: cursorOf(next), limit: 200 } });

/** @param {string} path @param {string} userId @param {{reason: string, for_s?: number}} terms @returns {Promise<ShadowMute>} */
export const shadowSet = (path, userId, terms) =>
  http.put(`${path}/members/${userId}/shadow-mute/`, terms);

/** @param {string} path @param {string} userId @returns {Promise<void>} */
export const shadowEnd = (path, userId) => http.delete(`${path}/members/${userId}/shadow-mute/`);

/** @param {string} path @param {string | null} next @returns {Promise<Page<import("../types.js").Message>>} what nobody got, the newest first */
export const unheard = (path, next) =>
  http.get(`${path}/unheard/`, { query: { cursor: cursorOf(next) } });

/** @param {string} path @param {string} id of a message that nobody got @returns {Promise<{message: import("../types.js").Message}>} */
export const release = (path, id) => http.post(`${path}/unheard/${id}/release/`);

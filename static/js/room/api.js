/** The HTTP calls of a room, by what they mean. */

import { http } from "../lib/http.js";

/** @typedef {import("./types.js").Message} Message */
/** @typedef {{allowed: boolean, for_s?: number, until?: string} | null} Grant `until` in ISO 8601 */

export class RoomApi {
  /** @param {string} code */
  constructor(code) {
    this.path = `/api/rooms/${encodeURIComponent(code)}`;
  }

  /**
   * Signed addresses of a film, for this session and room only.
   * @param {string} itemId
   */
  grant(itemId) {
    return http.post(`${this.path}/queue/${itemId}/play/`);
  }

  /** @returns {Promise<string>} a one-use ticket for the socket, of a sign-in as fresh as can be */
  async ticket() {
    const { ticket } = await http.post("/api/ws-ticket/");
    return ticket;
  }

  /**
   * The queue with what is for this person alone: addresses of pictures, reasons in their language.
   * @param {AbortSignal} signal
   * @returns {Promise<{results: any[]}>}
   */
  queue(signal) {
    return http.get(`${this.path}/queue/`, { signal });
  }

  /** @param {string} videoId */
  queueVideo(videoId) {
    return http.post(`${this.path}/queue/`, { source: "video", video_id: videoId });
  }

  /** @param {string} url of a film elsewhere */
  queueUrl(url) {
    return http.post(`${this.path}/queue/`, { url });
  }

  /** @param {string} itemId */
  unqueue(itemId) {
    return http.delete(`${this.path}/queue/${itemId}/`);
  }

  /** @param {string} itemId of what was taken off the queue */
  requeue(itemId) {
    return http.post(`${this.path}/queue/${itemId}/restore/`);
  }

  /**
   * @param {string} itemId
   * @param {boolean} on whether one wishes for it
   */
  vote(itemId, on) {
    return http.post(`${this.path}/queue/${itemId}/vote/`, { on });
  }

  /** Lets chance order what comes after the film that is on. */
  shuffle() {
    return http.post(`${this.path}/queue/reorder/`, { shuffle: true });
  }

  /** @param {string[]} itemIds the whole queue in its new order */
  reorder(itemIds) {
    return http.post(`${this.path}/queue/reorder/`, { items: itemIds });
  }

  /**
   * @param {string | null} before id of the oldest message that is known
   * @param {AbortSignal} signal
   * @param {number} [limit]
   * @returns {Promise<{results: Message[], next: string | null}>}
   */
  messages(before, signal, limit = 50) {
    return http.get(`${this.path}/messages/`, {
      query: { before: before ?? undefined, limit },
      signal,
    });
  }

  /**
   * What was said to an item between two moments of it, in the order of the film; a page.
   * @param {string} itemId
   * @param {{fromS: number, toS: number}} span `toS` is not in it
   * @param {string | null} cursor of the page before
   * @param {AbortSignal} signal
   * @returns {Promise<{results: Message[], next: string | null}>}
   */
  moments(itemId, { fromS, toS }, cursor, signal) {
    return http.get(`${this.path}/items/${itemId}/messages/`, {
      query: { from: fromS, to: toS, cursor: cursor ?? undefined },
      signal,
    });
  }

  /**
   * What was said with these words in it, the newest first.
   * @param {string} words
   * @param {string | null} before id of the oldest one that was found already
   * @param {{limit: number, item?: string, to?: number, seen?: string}} page how many, and how far one knows the film
   * @param {AbortSignal} signal
   * @returns {Promise<{results: Message[], next: string | null}>}
   */
  search(words, before, page, signal) {
    return http.get(`${this.path}/messages/`, {
      query: { q: words, before: before ?? undefined, ...page },
      signal,
    });
  }

  /** @returns {Promise<string>} the whole chat as text, a line for each message */
  chatFile() {
    return http.get(`${this.path}/messages/export/`, { query: { format: "txt" }, as: "text" });
  }

  /** @param {string} messageId @returns {Promise<{results: {body: string, edited_at: string}[]}>} the newest first */
  editsOf(messageId) {
    return http.get(`${this.path}/messages/${messageId}/history/`);
  }

  /** @param {string} messageId @returns {Promise<{results: {emoji: string, user: import("./types.js").Person}[], next: string | null}>} */
  reactionsOf(messageId) {
    return http.get(`${this.path}/messages/${messageId}/reactions/`, { query: { limit: 200 } });
  }

  /** @returns {Promise<{results: {message: Message, by: import("./types.js").Person | null, at: string}[]}>} the newest first */
  pins() {
    return http.get(`${this.path}/pins/`);
  }

  /** @returns {Promise<import("../voice/types.js").Ice>} servers by which browsers find each other */
  ice() {
    return http.get(`${this.path}/voice/ice/`);
  }

  members() {
    return http.get(`${this.path}/members/`);
  }

  /** @param {string} userId */
  kick(userId) {
    return http.delete(`${this.path}/members/${userId}/`);
  }

  /**
   * @param {string} userId
   * @param {{reason: string, for_s?: number}} terms
   */
  ban(userId, terms) {
    return http.post(`${this.path}/members/${userId}/ban/`, terms);
  }

  /** @returns {Promise<{results: {user: import("./types.js").Person, reason: string, until: string | null}[]}>} */
  bans() {
    return http.get(`${this.path}/bans/`);
  }

  /** @param {string} userId */
  unban(userId) {
    return http.delete(`${this.path}/bans/${userId}/`);
  }

  /** @returns {Promise<import("./sheets/order.js").Filters>} for moderators alone */
  filters() {
    return http.get(`${this.path}/filters/`);
  }

  /** @param {import("./sheets/order.js").Filters} filters */
  setFilters(filters) {
    return http.put(`${this.path}/filters/`, filters);
  }

  /** @param {FormData} form `name` and `picture` @returns {Promise<{name: string}>} */
  addEmote(form) {
    return http.post(`${this.path}/emotes/`, form);
  }

  /** @param {string} name */
  removeEmote(name) {
    return http.delete(`${this.path}/emotes/${name}/`);
  }

  /** @param {Record<string, unknown>} about */
  report(about) {
    return http.post(`${this.path}/reports/`, about);
  }

  /**
   * @param {string} userId
   * @param {string} role
   */
  setRole(userId, role) {
    return http.patch(`${this.path}/members/${userId}/`, { role });
  }

  /**
   * Rights of one person, whatever their role says; null is back to the role.
   * @param {string} userId
   * @param {Record<string, Grant>} grants by capability
   */
  setRights(userId, grants) {
    return http.patch(`${this.path}/members/${userId}/`, { grants });
  }

  invites() {
    return http.get(`${this.path}/invites/`);
  }

  /** @param {{role: string, expires_at: string | null, max_uses: number | null}} limits */
  invite(limits) {
    return http.post(`${this.path}/invites/`, limits);
  }

  /** @param {string} inviteId */
  uninvite(inviteId) {
    return http.delete(`${this.path}/invites/${inviteId}/`);
  }

  /** @param {Record<string, unknown>} changes */
  update(changes) {
    return http.patch(`${this.path}/`, changes);
  }

  leave() {
    return http.post(`${this.path}/leave/`);
  }

  /** For good and for everyone. */
  closeRoom() {
    return http.delete(`${this.path}/`);
  }

  /** @returns {Promise<any[]>} the person's own films, newest first */
  async videos() {
    const page = await http.get("/api/videos/");
    return page.results ?? page;
  }

  /** @param {string} videoId */
  video(videoId) {
    return http.get(`/api/videos/${videoId}/`);
  }
}

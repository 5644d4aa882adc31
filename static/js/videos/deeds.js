/** What one can do with a film by a press: watch, try again, delete, choose its poster. */

import { startRoom } from "../lib/entering.js";
import { http } from "../lib/http.js";

/** @typedef {import("./types.js").Film} Film */

/** @param {Film} film */
const pathOf = ({ id }) => `/api/videos/${id}/`;

/**
 * Opens a room of its own for the film and goes there.
 * @param {Film} film
 */
export async function watchFilm(film) {
  const me = await http.get("/api/auth/me/");
  const path = await startRoom(me.display_name);
  const code = path.slice("/r/".length);
  await http.post(`/api/rooms/${code}/queue/`, { source: "video", video_id: film.id });
  location.assign(path);
}

/**
 * @param {Film} film
 * @returns {Promise<Film>}
 */
export const retryFilm = (film) => http.post(`${pathOf(film)}retry/`);

/**
 * @param {Film} film
 * @param {number} candidate
 * @returns {Promise<Film>}
 */
export const choosePoster = (film, candidate) => http.post(`${pathOf(film)}poster/`, { candidate });

/**
 * @param {Film} film
 * @param {string} subtitleId
 */
export const removeSubtitle = (film, subtitleId) =>
  http.delete(`${pathOf(film)}subtitles/${subtitleId}/`);

/**
 * @param {string} id
 * @param {{keepalive: boolean}} [options] also when the page goes away meanwhile
 */
export const deleteFilm = (id, options) => http.delete(`/api/videos/${id}/`, options);

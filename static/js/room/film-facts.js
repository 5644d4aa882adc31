/** What only the API says of the queue's films: a picture's address, and why one cannot be shown. */

import { newsOf } from "./queue.js";
import { apply } from "./state.js";

/** @typedef {import("./types.js").Ctx} Ctx */
/** @typedef {import("./types.js").RoomState} RoomState */

/** A queue that several people fill at once is asked about once. */
const PAUSE_MS = 400;

/**
 * Which films there is something to ask about, and at which point of their making: a film gets its
 * picture, and the reason it failed for, with a step of it. Pure.
 * @param {RoomState} state
 * @returns {string[]}
 */
export function unknownOf(state) {
  const films = state.queue.filter(({ video_id }) => video_id);
  return films.flatMap((item) => {
    const { poster, state: stage, playable, error } = newsOf(state, item);
    const open = stage === "failed" ? error?.own !== true : !poster;
    return open ? [`${item.video_id} ${stage} ${playable}`] : [];
  });
}

/**
 * Fetches them, and writes them into the state beside the news that everybody gets.
 * @param {Ctx} ctx
 */
export function learnFilms({ room, api, signal }) {
  /** @type {Set<string>} each is asked about once, whatever the answer */
  const asked = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let soon;

  const learn = async () => {
    for (const each of unknownOf(room.value)) asked.add(each);
    const { results } = await api.queue(signal);
    const known = results.filter(({ video_id }) => video_id);
    room.set(known.reduce(withFacts, room.value));
  };
  const look = () => {
    if (unknownOf(room.value).every((each) => asked.has(each))) return;
    clearTimeout(soon);
    // without an answer the list has no pictures, and says what the room was told
    soon = setTimeout(() => learn().catch(() => {}), PAUSE_MS);
  };
  room.subscribe(look, signal);
  signal.addEventListener("abort", () => clearTimeout(soon), { once: true });
  look();
}

/**
 * @param {RoomState} state
 * @param {import("./types.js").QueueItem & {poster: string | null, error: {code: string, message: string} | null}} item
 */
function withFacts(state, { video_id, poster, error }) {
  const facts = { poster, ...(error ? { error: { ...error, own: true } } : {}) };
  return apply(state, { type: "video:updated", id: video_id, ...facts });
}

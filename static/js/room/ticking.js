/** Counts down what ends: once a second, and only while something on screen ends at all. */

/** @typedef {import("./types.js").Ctx} Ctx */
/** @typedef {import("./types.js").RoomState} RoomState */

/** The first beat falls just behind a full second, when the words have another number. */
const BEHIND_MS = 30;

/**
 * The nearest end of a right of anybody who is shown, server ms; null: nothing ends.
 * @param {RoomState} state
 */
export function nearestEnd({ members, me }) {
  const ends = [...members, me].flatMap(({ rights = [] }) => rights.map(({ until }) => until ?? 0));
  const timed = ends.filter(Boolean);
  return timed.length ? Math.min(...timed) : null;
}

/**
 * @param {Ctx} ctx
 * @param {() => void} draw
 */
export function tick({ room, conductor, signal }, draw) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const again = () => {
    clearTimeout(timer);
    const end = nearestEnd(room.value);
    if (end === null || signal.aborted) return;
    const untilFull = (((end - conductor.clock.now()) % 1000) + 1000) % 1000;
    timer = setTimeout(beat, untilFull + BEHIND_MS);
  };
  const beat = () => {
    draw();
    again();
  };
  room.subscribe(again, signal);
  again();
  signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
}

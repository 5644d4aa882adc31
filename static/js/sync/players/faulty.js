/**
 * A player with faults on demand, for the benchmark: without faults a benchmark proves nothing.
 * @module
 */

/** @typedef {import('../types.js').Player} Player */

/**
 * @param {Player} player
 * @param {{startErrorMs?: number, rateBiasPpm?: number}} faults as they are at the time
 * @returns {Player & {stall: (ms: number) => void}}
 */
export function withFaults(player, faults) {
  const faulty = Object.create(player);
  let wantsToPlay = false;
  let stalled = false;
  const later = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

  return Object.assign(faulty, bound(player), {
    async play() {
      wantsToPlay = true;
      if (faults.startErrorMs) await later(faults.startErrorMs);
      if (wantsToPlay && !stalled) await player.play();
    },
    pause() {
      wantsToPlay = false;
      player.pause();
    },
    paused: () => !wantsToPlay,
    ready: () => !stalled && player.ready(),
    setRate: (/** @type {number} */ rate, /** @type {number} */ room) =>
      player.setRate(rate * (1 + (faults.rateBiasPpm ?? 0) * 1e-6), room),
    /** As if no data came: stands still for so long, then goes on where it was. */
    async stall(/** @type {number} */ ms) {
      stalled = true;
      player.pause();
      await later(ms);
      stalled = false;
      if (wantsToPlay) await player.play();
    },
  });
}

/**
 * Private fields want their own object as `this`.
 * @param {Player} player
 */
function bound(player) {
  /** @type {Record<string, unknown>} */
  const methods = {};
  for (let from = player; from && from !== Object.prototype; from = Object.getPrototypeOf(from))
    for (const name of Object.getOwnPropertyNames(from)) {
      const value = Reflect.get(player, name);
      if (typeof value === "function" && name !== "constructor" && !(name in methods))
        methods[name] = value.bind(player);
    }
  return methods;
}

/**
 * A simulated way between client and server: delayed, jittered above a floor, ordered, with spikes.
 * @module
 */

/** @typedef {{meanMs: number, sdMs: number, spikes?: number}} Way */

/** One way, in typical ms: far, middling, near. @type {Record<string, Way>} */
export const WAYS = {
  far: { meanMs: 200, sdMs: 80, spikes: 0.01 },
  middling: { meanMs: 80, sdMs: 40, spikes: 0.01 },
  near: { meanMs: 20, sdMs: 10, spikes: 0.01 },
};

/**
 * @param {import('./world.js').World} world
 * @param {import('./world.js').Dice} dice
 * @param {Way} way
 * @param {(frame: any) => void} deliver
 * @returns {(frame: any) => void} send
 */
export function wire(world, dice, { meanMs, sdMs, spikes = 0 }, deliver) {
  let lastAt = 0;
  return (frame) => {
    const spike = dice.roll() < spikes ? 3 : 1;
    const delayMs = Math.max(meanMs - 1.5 * sdMs, meanMs + dice.normal(sdMs)) * spike;
    lastAt = Math.max(lastAt, world.now + delayMs);
    const copy = structuredClone(frame);
    world.at(lastAt, () => deliver(copy));
  };
}

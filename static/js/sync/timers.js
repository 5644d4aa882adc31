/**
 * Timers for the engine: a worker keeps them going in hidden tabs, a short spin makes them exact.
 * @module
 */
import { LOOP } from "./settings.js";

/** @typedef {import('./types.js').Timers} Timers */

/** Beyond this a timeout overflows and fires at once, ms. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * @param {object} [parts]
 * @param {() => number} [parts.now] local ms, monotonic
 * @param {() => Worker} [parts.openWorker]
 * @returns {Timers & {close: () => void}}
 */
export function workerTimers({ now = () => performance.now(), openWorker = openTimerWorker } = {}) {
  const worker = openWorker();
  /** @type {Map<number, {fn: () => void, repeat: boolean}>} */
  const waiting = new Map();
  let lastId = 0;

  worker.addEventListener("message", ({ data: id }) => {
    const timer = waiting.get(id);
    if (!timer) return;
    if (!timer.repeat) waiting.delete(id);
    timer.fn();
  });

  /** @type {(ms: number, fn: () => void, repeat: boolean) => () => void} */
  const order = (ms, fn, repeat) => {
    const id = ++lastId;
    waiting.set(id, { fn, repeat });
    worker.postMessage({ id, ms: Math.min(Math.max(0, ms), LONGEST_MS), repeat });
    return () => {
      if (waiting.delete(id)) worker.postMessage({ id, ms: null });
    };
  };

  return {
    now,
    every: (ms, fn) => order(ms, fn, true),
    after: (ms, fn) => order(ms, fn, false),
    at: (localMs, fn) =>
      order(localMs - now() - LOOP.spinMs, () => spinUntil(localMs, now, fn), false),
    close: () => {
      waiting.clear();
      worker.terminate();
    },
  };
}

/**
 * The last few ms are burnt: no timer of a browser is exact enough to start a film by.
 * @param {number} localMs
 * @param {() => number} now
 * @param {() => void} fn
 */
function spinUntil(localMs, now, fn) {
  const giveUpMs = now() + LOOP.spinMs;
  while (now() < localMs && now() < giveUpMs);
  fn();
}

function openTimerWorker() {
  return new Worker(new URL("./timer-worker.js", import.meta.url), { type: "module" });
}

/** The page's time, handed to what waits, so that tests hold it. */

/**
 * @typedef {object} Time
 * @property {() => number} now ms, monotonic
 * @property {(ms: number, run: () => void) => () => void} after cancels when called
 */

/** @type {Time} */
export const time = {
  now: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/**
 * Timers that are not slowed down in a hidden tab. Runs as a worker; see timers.js.
 * @module
 */

/** @typedef {{id: number, ms: number, repeat: boolean} | {id: number, ms: null}} Order */

/**
 * @typedef {object} Scope
 * @property {(message: number) => void} postMessage
 * @property {(type: 'message', fn: (event: {data: Order}) => void) => void} addEventListener
 */
const scope = /** @type {Scope} */ (/** @type {unknown} */ (globalThis));
/** @type {Map<number, {handle: ReturnType<typeof setTimeout>, repeat: boolean}>} */
const running = new Map();

/** @param {number} id */
function stop(id) {
  const timer = running.get(id);
  if (!timer) return;
  running.delete(id);
  if (timer.repeat) clearInterval(timer.handle);
  else clearTimeout(timer.handle);
}

/**
 * @param {number} id
 * @param {number} ms
 * @param {boolean} repeat
 */
function start(id, ms, repeat) {
  const ring = () => {
    if (!repeat) running.delete(id);
    scope.postMessage(id);
  };
  const handle = repeat ? setInterval(ring, ms) : setTimeout(ring, ms);
  running.set(id, { handle, repeat });
}

scope.addEventListener("message", ({ data: order }) => {
  if (order.ms === null) stop(order.id);
  else start(order.id, order.ms, order.repeat);
});

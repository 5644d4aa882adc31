/** Draws at the next frame, however much came in the meantime. */

/** A page nobody sees has no frames, but its title and counts go on. */
const UNSEEN_MS = 250;

/**
 * @param {() => void} draw
 * @param {AbortSignal} signal
 * @returns {() => void} asks for a drawing
 */
export function perFrame(draw, signal) {
  let frame = 0;
  /** @type {any} */
  let timer = null;
  const forget = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    timer = null;
  };
  const run = () => {
    forget();
    draw();
  };
  signal.addEventListener("abort", forget, { once: true });
  return () => {
    if (timer !== null || signal.aborted) return;
    frame = requestAnimationFrame(run);
    timer = setTimeout(run, UNSEEN_MS);
  };
}

/** Keeps a chat log where its reader is: at the end, or at the place they scrolled back to. */

/** Closer to the end than this counts as being there. */
const NEAR_PX = 64;
/** Closer to the start than this asks for older words. */
const TOP_PX = 120;

export class Scroll {
  /**
   * @param {HTMLElement} log
   * @param {{onTop: () => void, onEnd: () => void}} on
   * @param {AbortSignal} signal
   */
  constructor(log, { onTop, onEnd }, signal) {
    this.log = log;
    this.atEnd = true;
    log.addEventListener(
      "scroll",
      () => {
        if (!log.clientHeight) return;
        this.atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_PX;
        if (this.atEnd) onEnd();
        if (log.scrollTop < TOP_PX) onTop();
      },
      { signal, passive: true },
    );
    const resized = new ResizeObserver(() => this.atEnd && this.toEnd());
    resized.observe(log);
    signal.addEventListener("abort", () => resized.disconnect(), { once: true });
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
    this.atEnd = true;
  }

  /**
   * Draws and stays: at the end when the reader was there, else on the words they were reading.
   * @param {() => void} draw
   * @param {boolean} older whether the drawing adds words in front
   */
  around(draw, older) {
    const { scrollHeight, scrollTop } = this.log;
    draw();
    if (older) this.log.scrollTop = scrollTop + this.log.scrollHeight - scrollHeight;
    else if (this.atEnd) this.toEnd();
  }
}

/** Keeps a chat log where its reader is: at the end, or on the words they scrolled back to. */

import { inside } from "./rest.js";

/** Closer to the end than this counts as being there. */
const NEAR_PX = 64;
/** Closer to the start than this asks for older words. */
const TOP_PX = 400;
const WORDS = "[data-message], [data-line]";

export class Scroll {
  /**
   * @param {HTMLElement} log holds blocks of chunks with WORDS in them, in order
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
    // Also when the panel comes back into sight, with words that fit without scrolling.
    const resized = new ResizeObserver(() => {
      if (!this.atEnd || !log.clientHeight) return;
      this.toEnd();
      onEnd();
    });
    resized.observe(log);
    signal.addEventListener("abort", () => resized.disconnect(), { once: true });
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
    this.atEnd = true;
  }

  /** The reader goes somewhere else: what is drawn from now on does not bring them to the end. */
  leave() {
    this.atEnd = false;
  }

  /**
   * Draws and stays: at the end when the reader was there, else on the words they were reading.
   * @param {() => void} draw
   */
  around(draw) {
    const held = this.atEnd ? null : this.#held();
    draw();
    if (this.atEnd) this.toEnd();
    else if (held) this.#backTo(held);
  }

  /** The first words in sight, and how far below the edge they stand. */
  #held() {
    const { top } = this.log.getBoundingClientRect();
    const block = firstBelow(inside(this.log, "block"), top);
    const chunk = block && firstBelow(inside(block, "chunk"), top);
    const words = chunk && firstBelow([...chunk.querySelectorAll(WORDS)], top);
    return words ? { words, px: words.getBoundingClientRect().top - top } : null;
  }

  /** @param {{words: Element, px: number}} held */
  #backTo({ words, px }) {
    const now = words.isConnected ? words : this.#again(words);
    if (!now) return;
    const { top } = this.log.getBoundingClientRect();
    this.log.scrollTop += now.getBoundingClientRect().top - top - px;
  }

  /** The same words where they were drawn anew. @param {Element} words */
  #again(words) {
    const { message, line } = /** @type {HTMLElement} */ (words).dataset;
    const name = message ? "message" : "line";
    return this.log.querySelector(`[data-${name}="${CSS.escape(message ?? line ?? "")}"]`);
  }
}

/**
 * @param {Element[]} elements one below the other
 * @param {number} top
 * @returns {Element | null} the first that ends below
 */
function firstBelow(elements, top) {
  let [from, to] = [0, elements.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (elements[middle].getBoundingClientRect().bottom > top) to = middle;
    else from = middle + 1;
  }
  return elements[from] ?? null;
}

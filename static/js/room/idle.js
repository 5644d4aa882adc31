/** The controls step back while the film runs and nobody touches anything. */

const STILL_MS = 3_000;

export class Idle {
  /** @type {any} */
  #timer = null;

  /**
   * @param {HTMLElement} film
   * @param {() => boolean} mayHide
   * @param {AbortSignal} signal
   */
  constructor(film, mayHide, signal) {
    this.film = film;
    this.mayHide = mayHide;
    const awake = () => this.wake();
    for (const type of ["pointermove", "pointerdown", "focusin", "keydown"])
      film.addEventListener(type, awake, { signal });
    // a finger that is lifted leaves, too, and has only just begun to look
    const leaves = (/** @type {PointerEvent} */ { pointerType }) =>
      pointerType === "mouse" && this.#later(STILL_MS / 3);
    film.addEventListener("pointerleave", leaves, { signal });
    signal.addEventListener("abort", () => clearTimeout(this.#timer), { once: true });
    this.wake();
  }

  get idle() {
    return this.film.classList.contains("is-idle");
  }

  wake() {
    this.film.classList.remove("is-idle");
    this.#later(STILL_MS);
  }

  /** At once: somebody wants to see the picture only. */
  sleep() {
    clearTimeout(this.#timer);
    this.film.classList.add("is-idle");
  }

  /** @param {number} waitMs */
  #later(waitMs) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#still(), waitMs);
  }

  #still() {
    const inUse =
      this.film.querySelector(".deck :focus-visible, .deck [aria-expanded='true'], .is-peeking") !==
      null;
    if (!this.mayHide() || inUse) return this.#later(STILL_MS);
    this.sleep();
  }
}

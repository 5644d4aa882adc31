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
    film.addEventListener("pointerleave", () => this.#later(STILL_MS / 3), { signal });
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
    this.film.classList.add("is-idle");
  }
}

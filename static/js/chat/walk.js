/** Keys in the log: arrows walk from message to message, Enter opens what one may do with it. */

const WORDS = "[data-message]";

export class Walk {
  /**
   * @param {object} parts
   * @param {HTMLElement} parts.log
   * @param {(element: HTMLElement) => void} parts.at a message has the focus
   * @param {(element: HTMLElement) => void} parts.open
   * @param {(id: string) => string} parts.label what a screen reader says of it
   * @param {() => void} parts.out back to where one writes
   * @param {AbortSignal} signal
   */
  constructor({ log, at, open, label, out }, signal) {
    this.log = log;
    this.at = at;
    this.open = open;
    this.label = label;
    this.out = out;
    log.addEventListener("keydown", (event) => this.#key(event), { signal });
  }

  /** @returns {HTMLElement | null} the message that has the focus */
  get here() {
    const now = document.activeElement;
    return now instanceof HTMLElement && now.matches(WORDS) && this.log.contains(now) ? now : null;
  }

  /** Draws; who walks keeps their place where their message was drawn anew. @param {() => void} draw */
  around(draw) {
    const id = this.here?.dataset.message;
    draw();
    if (!id || this.here) return;
    const again = this.log.querySelector(`[data-message="${CSS.escape(id)}"]`);
    if (again) this.to(/** @type {HTMLElement} */ (again));
  }

  /** @param {HTMLElement} element */
  to(element) {
    const words = this.label(element.dataset.message ?? "");
    element.tabIndex = -1;
    element.setAttribute("role", "group");
    if (words) element.setAttribute("aria-label", words);
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "nearest" });
    this.at(element);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { target, key, altKey, ctrlKey, metaKey } = event;
    const { here } = this;
    if (altKey || ctrlKey || metaKey || (target !== this.log && target !== here)) return;
    if (key === "ArrowUp" || key === "ArrowDown") this.#step(key === "ArrowUp" ? -1 : 1);
    else if (here && (key === "Enter" || key === " " || key === "ContextMenu")) this.open(here);
    else if (here && key === "Escape") this.out();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** From the message that has the focus, else from the lowest in sight. @param {number} by */
  #step(by) {
    const all = /** @type {HTMLElement[]} */ ([...this.log.querySelectorAll(WORDS)]);
    const at = this.here ? all.indexOf(this.here) + by : this.#lowest(all);
    const next = all[at];
    if (next) this.to(next);
    else if (by > 0 && this.here) this.out();
  }

  /** @param {HTMLElement[]} all */
  #lowest(all) {
    const { bottom } = this.log.getBoundingClientRect();
    return all.findLastIndex((one) => one.getBoundingClientRect().top < bottom - 8);
  }
}

/** Moving a row of a list by its grip, with mouse or finger. The menu beside it does the same without. */

export class Drag {
  /** @type {{id: string, pointer: number} | null} */
  #held = null;

  /**
   * @param {HTMLElement} list holds rows with data-item
   * @param {(id: string, to: number) => void} drop
   * @param {AbortSignal} signal
   */
  constructor(list, drop, signal) {
    this.list = list;
    this.drop = drop;
    list.addEventListener("pointermove", (event) => this.#move(event), { signal });
    list.addEventListener("pointerup", (event) => this.#end(event), { signal });
    list.addEventListener("pointercancel", () => this.#clear(), { signal });
  }

  /**
   * @param {PointerEvent} event
   * @param {string} id
   */
  start(event, id) {
    event.preventDefault();
    this.#held = { id, pointer: event.pointerId };
    this.list.setPointerCapture(event.pointerId);
    this.#rows.find((row) => row.dataset.item === id)?.classList.add("is-dragged");
  }

  get #rows() {
    return /** @type {HTMLElement[]} */ ([...this.list.querySelectorAll("[data-item]")]);
  }

  /**
   * Where the row would land: the index among the others.
   * @param {PointerEvent} event
   */
  #target({ clientY }) {
    const others = this.#rows.filter((row) => row.dataset.item !== this.#held?.id);
    const at = others.findIndex((row) => {
      const { top, height } = row.getBoundingClientRect();
      return clientY < top + height / 2;
    });
    return { others, at: at < 0 ? others.length : at };
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (this.#held?.pointer !== event.pointerId) return;
    const { others, at } = this.#target(event);
    others.forEach((row, index) => {
      row.classList.toggle("is-over", index === at);
      row.classList.toggle("is-over-below", false);
    });
    if (at === others.length) others.at(-1)?.classList.add("is-over", "is-over-below");
  }

  /** @param {PointerEvent} event */
  #end(event) {
    const held = this.#held;
    if (held?.pointer !== event.pointerId) return;
    const { at } = this.#target(event);
    this.#clear();
    this.drop(held.id, at);
  }

  #clear() {
    this.#held = null;
    for (const row of this.#rows) row.classList.remove("is-dragged", "is-over", "is-over-below");
  }
}

/** Reactions on the picture: they float up in its lower corner, or stand there as counts where nothing may move. */

import { fill, h } from "../lib/dom.js";
import { Air, Counts } from "./reactions.js";

/** @typedef {import("./time.js").Time} Time */
/** @typedef {import("./reactions.js").Floating} Floating */

const MOST_IN_THE_AIR = 24;
const STAGGER_MS = 140;
/** Where in the corner they start, in parts of its width: neighbours in time never in space. */
const LANES = [0.7, 0.1, 0.5, 1, 0.3, 0.85, 0];

export class Floats {
  #air = new Air(MOST_IN_THE_AIR);
  #flown = 0;

  /**
   * @param {HTMLElement} host empty, hidden from screen readers: words are said elsewhere
   * @param {Time} time
   */
  constructor(host, time) {
    this.host = host;
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
    this.counts = new Counts({ ...time, changed: () => this.#drawCounts() });
  }

  /**
   * @param {string} emoji
   * @param {number} count
   */
  show(emoji, count) {
    if (document.hidden) return; // nothing moves in a hidden tab: it would all come at once later
    if (this.calm.matches) this.counts.add(emoji, count);
    else this.#fly(this.#air.add(emoji, count));
  }

  /** @param {Floating[]} several */
  #fly(several) {
    for (const [at, { emoji, count }] of several.entries()) {
      const node = h("span", { class: "float" }, emoji, count > 1 && h("b", {}, `×${count}`));
      const { style } = node;
      style.setProperty("--lane", String(LANES[this.#flown % LANES.length]));
      style.setProperty("--lean", this.#flown % 2 ? "1" : "-1");
      style.setProperty("--wait", `${at * STAGGER_MS}ms`);
      this.#flown += 1;
      const gone = () => {
        node.remove();
        this.#fly(this.#air.landed());
      };
      node.addEventListener("animationend", gone, { once: true });
      this.host.append(node);
    }
  }

  #drawCounts() {
    const chips = [...this.counts.shown].map(([emoji, count]) =>
      h("span", { class: "float-count" }, emoji, h("b", { class: "num" }, String(count))),
    );
    fill(this.host, chips);
  }
}

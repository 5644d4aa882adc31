/** Loudness: this person's alone, on this device, remembered. */

import { need } from "../lib/dom.js";
import { t } from "../lib/words.js";

const KEY = "sw.volume";

/**
 * @param {string | null} text what was kept
 * @returns {{level: number, muted: boolean}}
 */
export function readVolume(text) {
  const [level, muted] = (text ?? "").split(" ");
  const number = Number(level);
  return { level: level && number >= 0 && number <= 1 ? number : 1, muted: muted === "muted" };
}

/** @param {string} key */
const kept = (key) => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};

export class Volume {
  /**
   * @param {HTMLVideoElement} video
   * @param {HTMLElement} deck
   * @param {AbortSignal} signal
   */
  constructor(video, deck, signal) {
    this.video = video;
    this.button = need("[data-mute]", deck);
    this.range = /** @type {HTMLInputElement} */ (need("[data-volume]", deck));
    const { level, muted } = readVolume(kept(KEY));
    this.level = level;
    this.ducked = 1;
    this.video.volume = level;
    this.video.muted = muted;
    this.button.addEventListener("click", () => this.toggle(), { signal });
    this.range.addEventListener("input", () => this.set(Number(this.range.value) / 100), {
      signal,
    });
    video.addEventListener("volumechange", () => this.#draw(), { signal });
    this.#draw();
  }

  toggle() {
    if (this.video.muted && this.level === 0) this.set(0.5);
    else this.video.muted = !this.video.muted;
    this.#keep();
  }

  /** @param {number} level 0–1 */
  set(level) {
    this.level = Math.min(1, Math.max(0, level));
    this.video.volume = this.level * this.ducked;
    this.video.muted = this.level === 0;
    this.#keep();
  }

  /** @param {number} delta */
  nudge(delta) {
    this.set((this.video.muted ? 0 : this.level) + delta);
  }

  /** Lower what is heard for a moment, not what was chosen. @param {number} factor 0–1 */
  duck(factor) {
    if (factor === this.ducked) return;
    this.ducked = factor;
    this.video.volume = this.level * factor;
  }

  #keep() {
    try {
      localStorage.setItem(KEY, `${this.level.toFixed(2)}${this.video.muted ? " muted" : ""}`);
    } catch {
      // Storage is forbidden: the loudness holds for this page only.
    }
  }

  #draw() {
    const { level } = this;
    const silent = this.video.muted || level === 0;
    this.range.value = String(silent ? 0 : Math.round(level * 100));
    this.range.setAttribute(
      "aria-valuetext",
      silent ? t("Muted") : t("{n} percent", { n: Math.round(level * 100) }),
    );
    this.button.setAttribute("aria-label", silent ? t("Unmute") : t("Mute"));
    need("use", this.button).setAttribute(
      "href",
      `#i-volume${silent ? "-off" : level < 0.5 ? "-low" : ""}`,
    );
  }
}

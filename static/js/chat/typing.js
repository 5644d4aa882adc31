/** Who is writing right now: told in a line above the composer, forgotten after a while. */

import { html, nothing, render } from "lit";
import { t } from "../lib/words.js";
import { nameOf } from "../room/words.js";

/** @typedef {import("../lib/store.js").Store<import("../room/types.js").RoomState>} Room */

const TYPING_MS = 5_000;

/** @param {string[]} names at least one */
export const typingWords = (names) =>
  names.length > 2
    ? t("Several people are typing")
    : names.length > 1
      ? t("{first} and {second} are typing", { first: names[0], second: names[1] })
      : t("{name} is typing", { name: names[0] });

export class Typing {
  /** @type {Map<string, any>} who is typing, with the timer that forgets it */
  #timers = new Map();

  /**
   * @param {HTMLElement} line
   * @param {Room} room
   * @param {AbortSignal} signal
   */
  constructor(line, room, signal) {
    this.line = line;
    this.room = room;
    const forget = () => {
      for (const timer of this.#timers.values()) clearTimeout(timer);
    };
    signal.addEventListener("abort", forget, { once: true });
  }

  /** @param {string | undefined} userId */
  begins(userId) {
    if (!userId || userId === this.room.value.me.user.id) return;
    clearTimeout(this.#timers.get(userId));
    this.#timers.set(
      userId,
      setTimeout(() => this.stops(userId), TYPING_MS),
    );
    this.#draw();
  }

  /** @param {string | undefined} userId */
  stops(userId) {
    if (!userId || !this.#timers.has(userId)) return;
    clearTimeout(this.#timers.get(userId));
    this.#timers.delete(userId);
    this.#draw();
  }

  #draw() {
    const names = [...this.#timers.keys()].map((id) => nameOf(this.room.value, id));
    render(
      names.length
        ? html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${typingWords(names)}`
        : nothing,
      this.line,
    );
  }
}

/** The line one writes in: Enter sends, Shift+Enter breaks, the limit is said in words before it is reached. */

import { html, render } from "lit";
import { need } from "../lib/dom.js";
import { throttled } from "../lib/events.js";
import { clock } from "../lib/format.js";
import { t } from "../lib/words.js";
import { lengthWords } from "./text.js";

/** A note of which only the words are read out, not the seconds that go by. */
const counting = (/** @type {string} */ words, /** @type {string} */ left) =>
  html`<span>${words}</span>${left && html`<b class="num" aria-hidden="true">${left}</b>`}`;

const TYPING_EVERY_MS = 3_000;

export class Composer {
  #waiting = { words: "", left: "" };

  /**
   * @param {HTMLElement} root
   * @param {object} on
   * @param {number} on.limit characters
   * @param {(body: string) => void} on.send
   * @param {() => void} on.typing
   * @param {() => boolean} on.leave whether there was something else to leave
   * @param {(body: string) => boolean} on.mayNot whether the room takes these words no more for now
   * @param {() => boolean} on.up whether there was something to edit
   * @param {() => number | null} on.filmTime
   * @param {AbortSignal} signal
   */
  constructor(root, { limit, send, typing, filmTime, leave, up, mayNot }, signal) {
    this.form = need("[data-chat-form]", root);
    this.input = /** @type {HTMLTextAreaElement} */ (need("[data-chat-input]", root));
    this.note = need("[data-chat-note]", root);
    this.button = need(".sendbtn", this.form);
    this.limit = limit;
    this.send = send;
    this.leave = leave;
    this.up = up;
    this.mayNot = mayNot;
    // told again a while after a key: by then the words may have been sent
    const tellTyping = throttled(() => this.input.value.trim() && typing(), TYPING_EVERY_MS);
    this.input.addEventListener(
      "input",
      () => {
        this.#draw();
        if (this.input.value.trim()) tellTyping();
      },
      { signal },
    );
    this.input.addEventListener("keydown", (event) => this.#key(event), { signal });
    this.form.addEventListener(
      "submit",
      (event) => {
        event.preventDefault();
        this.#submit();
      },
      { signal },
    );
    const beat = setInterval(() => this.#placeholder(filmTime()), 1000);
    signal.addEventListener("abort", () => clearInterval(beat), { once: true });
    this.#placeholder(filmTime());
    this.#draw();
  }

  focus() {
    this.input.focus();
  }

  get words() {
    return this.input.value;
  }

  /** @param {string} words */
  set words(words) {
    this.input.value = words;
    this.input.setSelectionRange(words.length, words.length);
    this.#draw();
  }

  /** What was written is given back, with the reason. @param {string} body @param {string} reason */
  giveBack(body, reason) {
    if (!this.input.value) this.words = body;
    this.note.classList.add("is-bad");
    render(counting(reason, ""), this.note);
  }

  /** What one waits for, below the line; the words written stay. @param {string} words @param {string} left */
  waits = (words, left) => {
    this.#waiting = { words, left };
    this.#draw();
  };

  /** @param {number | null} atS */
  #placeholder(atS) {
    const words = atS === null ? t("Message") : t("Message at {time}", { time: clock(atS) });
    if (this.input.placeholder !== words) this.input.placeholder = words;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Escape" && !this.leave()) this.input.blur();
    if (event.key === "ArrowUp" && !this.input.value && this.up()) event.preventDefault();
    // while an input method composes, Enter chooses a word
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#submit();
  }

  #submit() {
    const body = this.input.value.trim();
    if (!body || lengthWords(body, this.limit).over || this.mayNot(body)) return;
    this.input.value = "";
    this.#draw();
    this.send(body);
  }

  #draw() {
    const body = this.input.value.trim();
    const { over, words } = lengthWords(body, this.limit);
    const { words: waiting, left } = this.#waiting;
    this.form.classList.toggle("is-over", over);
    this.note.classList.toggle("is-bad", over);
    render(over || !waiting ? counting(words, "") : counting(waiting, left), this.note);
    this.input.setAttribute("aria-invalid", String(over));
    this.button.setAttribute("aria-disabled", String(over || !body || this.mayNot(body)));
  }
}

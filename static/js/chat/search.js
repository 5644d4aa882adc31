/** Looks for words in the chat: a field over the log, and what was found in its place. */

import { html, nothing, render } from "lit";
import { need } from "../lib/dom.js";
import { t, tn } from "../lib/words.js";
import { glyph } from "../room/ui.js";
import { foundOf } from "./found.js";

/** @typedef {import("../room/types.js").Message} Message */
/** @typedef {(words: string, before: string | null) => Promise<{results: Message[], next: string | null}>} Ask */

const PATIENCE_MS = 250;
const WORDS_MIN = 2;
const AT_ONCE = 50;

export class Search {
  /** @type {Message[]} what the room has, told here or not */
  #found = [];
  #most = AT_ONCE;
  #all = false;
  #state = /** @type {"idle" | "looking" | "done" | "failed"} */ ("idle");
  #turn = 0;
  /** @type {any} */
  #timer = null;

  /**
   * @param {HTMLElement} root `[data-chat-search]`
   * @param {HTMLElement} button opens it
   * @param {object} on
   * @param {Ask} on.ask
   * @param {(id: string) => void} on.goTo
   * @param {(message: Message) => boolean} on.tells whether this person may know of a message now
   * @param {() => boolean} on.waits whether a film is on, of which some may lie ahead
   * @param {AbortSignal} signal
   */
  constructor(root, button, { ask, goTo, tells, waits }, signal) {
    this.root = root;
    this.button = button;
    this.ask = ask;
    this.goTo = goTo;
    this.tells = tells;
    this.waits = waits;
    this.input = /** @type {HTMLInputElement} */ (need("input", root));
    this.list = need("[data-found]", root);
    this.said = need("[role=status]", root);
    button.addEventListener("click", () => this.open(), { signal });
    this.input.addEventListener("input", () => this.#typed(), { signal });
    root.addEventListener("keydown", (event) => this.#key(event), { signal });
    need("[data-search-close]", root).addEventListener("click", () => this.close(), { signal });
    signal.addEventListener("abort", () => clearTimeout(this.#timer), { once: true });
  }

  open() {
    this.root.hidden = false;
    this.input.focus();
    this.input.select();
  }

  close() {
    this.root.hidden = true;
    this.button.focus();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    this.close();
  }

  get #words() {
    return this.input.value.trim();
  }

  #typed() {
    clearTimeout(this.#timer);
    this.#turn++;
    this.#found = [];
    this.#most = AT_ONCE;
    this.#all = false;
    const enough = [...this.#words].length >= WORDS_MIN;
    this.#state = enough ? "looking" : "idle";
    if (enough) this.#timer = setTimeout(() => void this.#look(), PATIENCE_MS);
    this.#draw();
  }

  /** Of what was found, what this person may know of. */
  get #told() {
    return this.#found.filter(this.tells);
  }

  /** Looks on until there is one more to tell than is shown: no empty page, and no button for more, says that what is not told has these words. */
  async #look() {
    const turn = this.#turn;
    this.#state = "looking";
    this.#draw();
    while (!this.#all && this.#told.length <= this.#most) {
      const page = await this.ask(this.#words, this.#found.at(-1)?.id ?? null).catch(() => null);
      if (turn !== this.#turn) return;
      if (!page) {
        this.#state = "failed";
        return this.#draw();
      }
      this.#found = [...this.#found, ...page.results];
      this.#all = page.next === null;
    }
    this.#state = "done";
    this.#draw();
  }

  #older() {
    this.#most += AT_ONCE;
    void this.#look();
  }

  /** @param {number} count @param {boolean} more */
  #sentence(count, more) {
    if (this.#state === "looking") return t("Looking");
    if (this.#state === "failed") return t("That did not work.");
    if (this.#state === "idle") return this.#words ? t("Two letters at least.") : "";
    if (!count) return t("Nobody said that here.");
    return more ? t("The newest {n}", { n: count }) : tn("{n} message", "{n} messages", count);
  }

  /** What is told now, or is not any more. */
  draw() {
    if (!this.root.hidden) this.#draw();
  }

  /** The button under what was found. @param {boolean} more */
  #further(more) {
    if (this.#state === "failed")
      return html`<button class="btn btn-quiet btn-36" type="button" @click=${() => void this.#look()}>${glyph("retry")}${t("Try again")}</button>`;
    return more
      ? html`<button class="btn btn-quiet btn-36" type="button" @click=${() => this.#older()}>${t("Older ones")}</button>`
      : nothing;
  }

  #draw() {
    const told = this.#told;
    const [shown, more] = [told.slice(0, this.#most), told.length > this.#most];
    this.said.textContent = this.#sentence(shown.length, more);
    const go = (/** @type {string} */ id) => {
      this.root.hidden = true;
      this.goTo(id);
    };
    render(
      html`<ul class="found">${shown.map((one) => foundOf(one, this.#words, go))}</ul>${this.#further(more)}${
        this.#state === "done" && this.waits()
          ? html`<p class="found-said">${t("What was said further on in the film is left out.")}</p>`
          : nothing
      }`,
      this.list,
    );
  }
}

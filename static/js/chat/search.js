/** Looks for words in the chat: a field over the log, and what was found in its place. */

import { html, nothing, render } from "lit";
import { need } from "../lib/dom.js";
import { t, tn } from "../lib/words.js";
import { glyph } from "../room/ui.js";
import { foundOf } from "./found.js";

/** @typedef {import("../room/types.js").Message} Message */
/** @typedef {(words: string, before: string | null, limit: number) => Promise<{results: Message[], next: string | null}>} Ask */
/** @typedef {"idle" | "looking" | "done" | "failed"} State */

const PATIENCE_MS = 250;
/** A film that plays unveils one message after the other. */
const AGAIN_MS = 1000;
const WORDS_MIN = 2;
const AT_ONCE = 50;
const PAGE_MOST = 200;

export class Search {
  /** @type {Message[]} what the server told, newest first */
  #found = [];
  #all = true;
  #state = /** @type {State} */ ("idle");
  #turn = 0;
  /** @type {any} */
  #timer = null;

  /**
   * @param {HTMLElement} root `[data-chat-search]`
   * @param {HTMLElement} button opens it
   * @param {object} on
   * @param {Ask} on.ask
   * @param {(id: string) => void} on.goTo
   * @param {(message: Message) => boolean} on.tells whether this person may know of a message still: they may have gone back in the film
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
    this.#all = true;
    const enough = [...this.#words].length >= WORDS_MIN;
    this.#state = enough ? "looking" : "idle";
    if (enough) this.#timer = setTimeout(() => this.#look(), PATIENCE_MS);
    this.#draw();
  }

  /** What is older than what is known. */
  #look() {
    this.#state = "looking";
    this.#draw();
    void this.#ask(this.#found, AT_ONCE, "failed");
  }

  /** All of it anew, by where this person is now; what is shown stays meanwhile. */
  #again() {
    const limit = Math.min(Math.max(this.#found.length, AT_ONCE), PAGE_MOST);
    if (this.#state === "done") void this.#ask([], limit, "done");
  }

  /** One request, for the server leaves out what may not be told. @param {Message[]} known what stands before the page @param {number} limit @param {State} otherwise */
  async #ask(known, limit, otherwise) {
    const turn = ++this.#turn;
    const page = await this.ask(this.#words, known.at(-1)?.id ?? null, limit).catch(() => null);
    if (turn !== this.#turn) return;
    this.#state = page ? "done" : otherwise;
    if (page) {
      this.#found = [...known, ...page.results];
      this.#all = page.next === null;
    }
    this.#draw();
  }

  /** @param {number} count @param {boolean} more */
  #sentence(count, more) {
    if (this.#state === "looking") return t("Looking");
    if (this.#state === "failed") return t("That did not work.");
    if (this.#state === "idle") return this.#words ? t("Two letters at least.") : "";
    if (!count) return t("Nobody said that here.");
    return more ? t("The newest {n}", { n: count }) : tn("{n} message", "{n} messages", count);
  }

  /** More may be told now, or less. */
  draw() {
    if (this.root.hidden) return;
    this.#draw();
    if (this.#state !== "done") return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#again(), AGAIN_MS);
  }

  /** The button under what was found. @param {boolean} more */
  #further(more) {
    if (this.#state === "failed")
      return html`<button class="btn btn-quiet btn-36" type="button" @click=${() => this.#look()}>${glyph("retry")}${t("Try again")}</button>`;
    return more
      ? html`<button class="btn btn-quiet btn-36" type="button" @click=${() => this.#look()}>${t("Older ones")}</button>`
      : nothing;
  }

  #draw() {
    const [shown, more] = [this.#found.filter(this.tells), !this.#all];
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

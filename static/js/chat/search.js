/** Looks for words in the chat: a field over the log, and what was found in its place. */

import { html, nothing, render } from "lit";
import { need } from "../lib/dom.js";
import { region } from "../lib/format.js";
import { t, tn } from "../lib/words.js";
import { glyph } from "../room/ui.js";
import { marked } from "./marked.js";

/** @typedef {import("../room/types.js").Message} Message */
/** @typedef {(words: string, before: string | null) => Promise<{results: Message[], next: string | null}>} Ask */

const PATIENCE_MS = 250;
const WORDS_MIN = 2;

export class Search {
  /** @type {Message[]} */
  #found = [];
  #more = false;
  #state = /** @type {"idle" | "looking" | "done" | "failed"} */ ("idle");
  #turn = 0;
  /** @type {any} */
  #timer = null;

  /**
   * @param {HTMLElement} root `[data-chat-search]`
   * @param {HTMLElement} button opens it
   * @param {{ask: Ask, goTo: (id: string) => void, veils: (message: Message) => boolean}} on
   * @param {AbortSignal} signal
   */
  constructor(root, button, { ask, goTo, veils }, signal) {
    this.root = root;
    this.button = button;
    this.ask = ask;
    this.goTo = goTo;
    this.veils = veils;
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
    this.#more = false;
    const enough = [...this.#words].length >= WORDS_MIN;
    this.#state = enough ? "looking" : "idle";
    if (enough) this.#timer = setTimeout(() => void this.#look(), PATIENCE_MS);
    this.#draw();
  }

  async #look() {
    const turn = this.#turn;
    this.#state = "looking";
    this.#draw();
    const page = await this.ask(this.#words, this.#found.at(-1)?.id ?? null).catch(() => null);
    if (turn !== this.#turn) return;
    this.#state = page ? "done" : "failed";
    if (page) {
      this.#found = [...this.#found, ...page.results];
      this.#more = page.next !== null;
    }
    this.#draw();
  }

  get #sentence() {
    if (this.#state === "looking") return t("Looking");
    if (this.#state === "failed") return t("That did not work.");
    if (this.#state === "idle") return this.#words ? t("Two letters at least.") : "";
    if (!this.#found.length) return t("Nobody said that here.");
    return this.#more
      ? t("The newest {n}", { n: this.#found.length })
      : tn("{n} message", "{n} messages", this.#found.length);
  }

  /** What was found, or now is veiled or not any more. */
  draw() {
    if (!this.root.hidden) this.#draw();
  }

  /** What was said further on in the film is not told here either. @param {Message} message */
  #told(message) {
    if (this.veils(message))
      return html`<span class="dim">${glyph("eye-off")}${t("Said further on in the film")}</span>`;
    const pieces = marked(message.body, this.#words);
    return html`<span dir="auto">${pieces.map((piece) => (piece.mark ? html`<mark>${piece.text}</mark>` : piece.text))}</span>`;
  }

  #draw() {
    this.said.textContent = this.#sentence;
    const days = new Intl.DateTimeFormat(region(), { dateStyle: "medium" });
    const go = (/** @type {string} */ id) => {
      this.root.hidden = true;
      this.goTo(id);
    };
    const one = (/** @type {Message} */ message) => {
      const { id, author, created_at } = message;
      return html`<li><button class="found-one" type="button" @click=${() => go(id)}><span class="found-head"><b class="ellipsis" dir="auto">${author?.display_name ?? t("Someone who left")}</b><time datetime=${created_at}>${days.format(new Date(created_at))}</time></span>${this.#told(message)}</button></li>`;
    };
    render(
      html`<ul class="found">${this.#found.map(one)}</ul>${
        this.#state === "failed" || this.#more
          ? html`<button class="btn btn-quiet btn-36" type="button" @click=${() => void this.#look()}>${this.#state === "failed" ? html`${glyph("retry")}${t("Try again")}` : t("Older ones")}</button>`
          : nothing
      }`,
      this.list,
    );
  }
}

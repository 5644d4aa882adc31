/** The bell: how much is new. What is under it, and what it says aloud, comes with news.js. */

import { place } from "../components/menu.js";
import { toastError } from "../components/toast.js";
import { find, h } from "../lib/dom.js";
import { t, tn } from "../lib/words.js";

/** @typedef {import("./line.js").MeLine} MeLine */
/** @typedef {import("./state.js").Notice} Notice */

const COUNTED_MAX = 99;

/**
 * @param {MeLine} line
 * @param {AbortSignal} signal
 */
export function mountBell(line, signal) {
  const button = find("[data-bell]");
  if (button) new Bell(line, button, signal);
}

class Bell {
  /** @type {Promise<import("./news.js").NewsList> | null} null: nobody looked yet */
  #news = null;

  /**
   * @param {MeLine} line
   * @param {HTMLElement} button
   * @param {AbortSignal} signal
   */
  constructor(line, button, signal) {
    this.line = line;
    this.button = button;
    this.panel = h("div", {
      class: "menu bell-list glass glass-strong",
      popover: "auto",
      role: "dialog",
      "aria-label": t("News"),
    });
    (find("main") ?? document.body).append(this.panel);
    button.setAttribute("aria-haspopup", "dialog");
    button.setAttribute("aria-expanded", "false");
    this.#listen(signal);
    line.state.subscribe(() => this.#drawCount(), signal);
    line.state.subscribe(() => this.#open && void this.#with((news) => news.draw()), signal);
    line.onNotice((notice) => void this.#with((news) => this.#came(news, notice)), signal);
    signal.addEventListener("abort", () => this.panel.remove(), { once: true });
    this.#drawCount();
  }

  get #open() {
    return this.panel.matches(":popover-open");
  }

  /** @param {AbortSignal} signal */
  #listen(signal) {
    const { button, panel } = this;
    let wasOpen = false; // a press outside closes it before the click comes
    button.addEventListener(
      "pointerdown",
      () => {
        wasOpen = this.#open;
      },
      { signal },
    );
    button.addEventListener(
      "click",
      () => {
        if (!wasOpen) void this.#show();
        wasOpen = false;
      },
      { signal },
    );
    panel.addEventListener(
      "toggle",
      (event) => {
        const open = /** @type {ToggleEvent} */ (event).newState === "open";
        button.setAttribute("aria-expanded", String(open));
        if (!open && panel.contains(document.activeElement)) button.focus({ preventScroll: true });
      },
      { signal },
    );
  }

  /**
   * Rarely looked at: its code comes when there is something to say, or somebody looks.
   * @param {(news: import("./news.js").NewsList) => unknown} act
   */
  async #with(act) {
    try {
      this.#news ??= import("./news.js").then(
        ({ NewsList }) => new NewsList(this.panel, this.button, this.line),
      );
      await act(await this.#news);
    } catch (error) {
      this.#news = null; // the next look asks again
      toastError(error);
    }
  }

  #show() {
    return this.#with(async (news) => {
      news.draw();
      this.panel.showPopover();
      place(this.panel, this.button);
      await news.load();
      if (!this.#open) return;
      place(this.panel, this.button);
      news.focus();
    });
  }

  /**
   * @param {import("./news.js").NewsList} news
   * @param {Notice} notice
   */
  #came(news, notice) {
    return this.#open ? news.load() : news.sayAloud(notice);
  }

  #drawCount() {
    const unread = this.line.state.value?.unread ?? 0;
    const count = find("[data-bell-count]", this.button);
    const words = unread ? tn("News, {n} new", "News, {n} new", unread) : t("News");
    this.button.setAttribute("aria-label", words);
    if (!count) return;
    count.textContent = unread > COUNTED_MAX ? `${COUNTED_MAX}+` : String(unread || "");
    count.hidden = !unread;
  }
}

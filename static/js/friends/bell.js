/** The bell: how much is new, and the list under it, from where one answers by one tap. */

import "../components/sw-avatar.js";
import { html, nothing, render } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { glyph } from "../components/glyph.js";
import { place } from "../components/menu.js";
import { toast, toastError } from "../components/toast.js";
import { find, h, whileBusy } from "../lib/dom.js";
import { ago } from "../lib/format.js";
import { http } from "../lib/http.js";
import { t, tc, tn } from "../lib/words.js";
import { accept, decline, enter } from "./deeds.js";
import { standingOf } from "./state.js";
import { saying } from "./words.js";

/** @typedef {import("./line.js").MeLine} MeLine */
/** @typedef {import("./state.js").Notice} Notice */

const COUNTED_MAX = 99;

/**
 * Two buttons, busy while the answer is on its way.
 * @param {[words: string, run: () => unknown][]} answers yes, then no
 */
const choice = (...answers) =>
  html`<div class="row">${answers.map(([words, run], nth) => {
    const press = (/** @type {any} */ event) => whileBusy(event.currentTarget, async () => run());
    return html`<button class="btn btn-${nth ? "quiet" : "primary"} btn-36" type="button" @click=${press}>${words}</button>`;
  })}</div>`;

/**
 * @param {MeLine} line
 * @param {AbortSignal} signal
 */
export function mountBell(line, signal) {
  const button = find("[data-bell]");
  if (button) new Bell(line, button, signal);
}

/** @type {Record<string, string>} */
const ICONS = { room_given: "crown", room_evening: "clock" };

class Bell {
  /** @type {Notice[] | null} null: not asked for yet */
  #notices = null;
  #failed = false;

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
    line.state.subscribe(() => this.#open && this.#draw(), signal);
    line.onNotice((notice) => this.#came(notice), signal);
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

  async #show() {
    this.#draw();
    this.panel.showPopover();
    place(this.panel, this.button);
    await this.#load();
    if (!this.#open) return;
    place(this.panel, this.button);
    (find("button, a", this.panel) ?? this.panel).focus({ preventScroll: true });
  }

  async #load() {
    try {
      this.#notices = (await http.get("/api/notices/")).results;
      this.#failed = false;
      if (this.line.state.value?.unread) await http.post("/api/notices/read/");
    } catch {
      this.#failed = true;
    }
    this.#draw();
  }

  /** @param {Notice} notice */
  #came(notice) {
    if (this.#open) return void this.#load();
    const who = notice.from.display_name;
    const words = saying(notice, who, notice.data.name ?? "").join("");
    const { code, path } = notice.data;
    if (notice.kind === "room_knocked")
      return void import("./knocked.js").then(({ knockToast }) => knockToast(notice, words));
    if (notice.kind === "room_invited")
      toast(words, {
        icon: "invite",
        action: { label: t("Join"), run: () => void enter({ code, path }) },
      });
    else toast(words, { icon: ICONS[notice.kind] ?? "people" });
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

  #draw() {
    render(html`<p class="bell-head h3">${t("News")}</p>${this.#body()}`, this.panel);
  }

  #body() {
    if (this.#failed && !this.#notices)
      return html`<p class="none">${t("The server could not be reached. Check your connection and try again.")}</p>`;
    if (!this.#notices) return html`<p class="none" role="status">${t("One moment…")}</p>`;
    if (!this.#notices.length)
      return html`<p class="none">${t("Nothing yet. Friends who ask or invite you appear here.")}</p>`;
    return html`<ul class="bell-rows">${repeat(
      this.#notices,
      ({ id }) => id,
      (notice) => this.#row(notice),
    )}</ul>`;
  }

  /** @param {Notice} notice */
  #row(notice) {
    const { from, data, created_at, read } = notice;
    const who = html`<b dir="auto">${from.display_name}</b>`;
    const what = html`<b dir="auto">${data.name ?? ""}</b>`;
    return html`<li class="bell-row ${read ? "" : "is-new"}">
      <sw-avatar name=${from.display_name} hue=${from.avatar} picture=${from.picture ?? nothing} size="40"></sw-avatar>
      <div class="tx"><p>${saying(notice, who, what)}</p><p class="dim small">${ago(created_at)}</p>
      ${this.#acts(notice)}</div>
      <button class="iconbtn iconbtn-36 dim" type="button" aria-label=${t("Take it off the list")} @click=${() => this.#putAway(notice)}>${glyph("x")}</button></li>`;
  }

  /** @param {Notice} notice */
  #acts(notice) {
    const { kind, from, data } = notice;
    if (kind === "room_invited")
      return choice(
        [t("Join"), () => enter({ code: data.code, path: data.path })],
        [t("Not now"), () => this.#putAway(notice)],
      );
    if (kind === "room_given")
      return html`<div class="row"><a class="btn btn-quiet btn-36" href=${`/r/${data.code}`}>${tc("verb", "Open")}</a></div>`;
    if (kind === "room_evening" && data.what !== "cancelled" && data.what !== "missed")
      return choice([tc("verb", "Open"), () => enter({ code: data.code, path: data.path })]);
    if (kind === "room_knocked") {
      const by = (/** @type {"admit" | "decline"} */ said) => async () => {
        const { answer } = await import("./knocked.js");
        if (await answer(data.code, data.knock, said)) this.#forget(notice);
      };
      return choice([t("Let in"), by("admit")], [t("Not now"), by("decline")]);
    }
    if (kind !== "friend_asked" || standingOf(this.line.state.value, from.id) !== "asks")
      return nothing;
    const by = (/** @type {typeof accept} */ deed) => async () =>
      (await deed(from)) && this.#forget(notice);
    return choice([t("Accept"), by(accept)], [t("Decline"), by(decline)]);
  }

  /** @param {Notice} notice */
  async #putAway(notice) {
    this.#forget(notice);
    await http.delete(`/api/notices/${notice.id}/`).catch((error) => {
      if (error.status !== 404) toastError(error); // gone already is as good
    });
  }

  /** @param {Notice} notice */
  #forget({ id }) {
    this.#notices = (this.#notices ?? []).filter((one) => one.id !== id);
    this.#draw();
    if (this.#open) (find("button, a", this.panel) ?? this.button).focus({ preventScroll: true });
  }
}

/** What is new, as a list from where one answers by one tap, and as a word at the edge of the page. */

import "../components/sw-avatar.js";
import { html, nothing, render } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { glyph } from "../components/glyph.js";
import { toast, toastError } from "../components/toast.js";
import { find } from "../lib/dom.js";
import { ago } from "../lib/format.js";
import { http } from "../lib/http.js";
import { t, tc } from "../lib/words.js";
import { choice, open } from "./choice.js";
import { accept, decline, enter } from "./deeds.js";
import { standingOf } from "./state.js";
import { saying } from "./words.js";

/** @typedef {import("./line.js").MeLine} MeLine */
/** @typedef {import("./state.js").Notice} Notice */

/** @type {Record<string, string>} */
const ICONS = { room_given: "crown", room_evening: "clock" };

/** What happened to an evening that is not to come any more. */
const OVER = new Set(["cancelled", "missed", "struck"]);

export class NewsList {
  /** @type {Notice[] | null} null: not asked for yet */
  #notices = null;
  #failed = false;
  /** @type {import("./asked.js").Asked | null} null: no evening is among them */
  #asked = null;

  /**
   * @param {HTMLElement} panel where it is drawn
   * @param {HTMLElement} button takes the focus where the list has nothing to press
   * @param {MeLine} line
   */
  constructor(panel, button, line) {
    this.panel = panel;
    this.button = button;
    this.line = line;
  }

  async load() {
    try {
      this.#notices = (await http.get("/api/notices/")).results;
      this.#failed = false;
      if (this.#notices?.some(({ kind }) => kind === "room_evening")) await this.#askedTo();
      if (this.line.state.value?.unread) await http.post("/api/notices/read/");
    } catch {
      this.#failed = true;
    }
    this.draw();
  }

  /** Without it they still lead into their room. */
  async #askedTo() {
    const asked = import("./asked.js").then(({ Asked }) => Asked.load(() => this.draw()));
    this.#asked = await asked.catch(() => null);
  }

  focus() {
    (find("button, a", this.panel) ?? this.panel).focus({ preventScroll: true });
  }

  /** @param {Notice} notice */
  sayAloud(notice) {
    const words = saying(notice, notice.from.display_name, notice.data.name ?? "").join("");
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

  draw() {
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
    if (kind === "room_evening" && !OVER.has(data.what))
      return html`${this.#asked?.buttons(notice) ?? nothing}${open(data)}`;
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
    this.draw();
    if (this.panel.matches(":popover-open"))
      (find("button, a", this.panel) ?? this.button).focus({ preventScroll: true });
  }
}

/** The seek bar: shows where the room is, and takes a person's finger or keys. */

import { find, need } from "../lib/dom.js";
import { clock } from "../lib/format.js";
import { t } from "../lib/words.js";
import { bufferedEnd, keyTarget, redrawMs, spoken, timeAt } from "./seek.js";
import { Storyboard } from "./storyboard.js";
import { setText } from "./ui.js";

/** @typedef {import("./types.js").Ctx} Ctx */

const PEEK_PX = 200;
const PEEK_BARE_PX = 84;

export class Scrub {
  /** A person holds the knob here; null while nobody does. @type {number | null} */
  #held = null;
  #spokenAt = -1;

  /**
   * @param {Ctx} ctx
   * @param {HTMLElement} deck
   */
  constructor(ctx, deck) {
    this.ctx = ctx;
    this.deck = deck;
    this.video = /** @type {HTMLVideoElement} */ (need("[data-sync-player]"));
    this.bar = need("[data-seek]", deck);
    this.rail = need(".rail", deck);
    this.parts = {
      edge: need(".edge", deck),
      buf: need(".buf", deck),
      played: need(".played", deck),
      knob: need(".knob", deck),
      ghost: need(".ghost", deck),
    };
    this.now = need("[data-now]", deck);
    this.length = need("[data-length]", deck);
    this.peek = need("[data-peek]", deck);
    this.storyboard = new Storyboard(
      /** @type {HTMLCanvasElement} */ (need("canvas", this.peek)),
      ctx.signal,
    );
    this.#listen(ctx.signal);
    this.#tick();
  }

  get duration() {
    return this.ctx.conductor.state?.duration || 0;
  }

  /** @param {AbortSignal} signal */
  #listen(signal) {
    const { bar, ctx } = this;
    bar.addEventListener("pointerdown", (event) => this.#grab(event), { signal });
    bar.addEventListener("pointermove", (event) => this.#move(event), { signal });
    bar.addEventListener("pointerup", (event) => this.#drop(event), { signal });
    bar.addEventListener("pointercancel", () => this.#leave(), { signal });
    bar.addEventListener("pointerleave", () => this.#held === null && this.#leave(), { signal });
    bar.addEventListener("keydown", (event) => this.#key(event), { signal });
    signal.addEventListener(
      "abort",
      ctx.conductor.on("grant", ({ grant }) => this.storyboard.load(grant?.storyboard ?? null)),
      { once: true },
    );
  }

  #tick() {
    if (this.ctx.signal.aborted) return;
    if (!document.hidden && !this.deck.hidden) this.draw();
    setTimeout(() => this.#tick(), redrawMs(this.duration, this.rail.clientWidth));
  }

  draw() {
    const { conductor } = this.ctx;
    const duration = this.duration;
    const at = this.#held ?? conductor.position();
    const share = (/** @type {number} */ seconds) =>
      duration > 0 ? Math.min(1, Math.max(0, seconds / duration)) : 0;
    const set = (/** @type {HTMLElement} */ element, /** @type {number} */ value) =>
      element.style.setProperty("--p", value.toFixed(4));
    set(this.parts.played, share(at));
    set(this.parts.knob, share(at));
    set(this.parts.buf, share(bufferedEnd(this.video.buffered, this.video.currentTime)));
    set(this.parts.edge, this.#preparedShare(duration));
    setText(this.now, clock(at));
    setText(this.length, clock(duration));
    this.#speak(at, duration);
  }

  /** @param {number} duration */
  #preparedShare(duration) {
    const { value: state } = this.ctx.room;
    const item = state.queue.find(({ id }) => id === state.timeline.item_id);
    const news = { ...item?.video, ...state.videos[item?.video_id ?? ""] };
    if (!item || news.state === "ready" || news.available_until === undefined || !duration)
      return 1;
    return Math.min(1, news.available_until / duration);
  }

  /**
   * A slider that says every second is a slider nobody can stand: whole seconds, and only when they change.
   * @param {number} at
   * @param {number} duration
   */
  #speak(at, duration) {
    const whole = Math.floor(at) + Math.floor(duration) * 1e6;
    if (whole === this.#spokenAt) return;
    this.#spokenAt = whole;
    this.bar.setAttribute("aria-valuemax", String(Math.floor(duration)));
    this.bar.setAttribute("aria-valuenow", String(Math.floor(at)));
    this.bar.setAttribute("aria-valuetext", spoken(at, duration));
    this.bar.setAttribute("aria-disabled", String(!this.ctx.remote.allowed));
  }

  /** @param {PointerEvent} event */
  #timeOf(event) {
    const { left, width } = this.rail.getBoundingClientRect();
    return timeAt(event.clientX - left, width, this.duration);
  }

  /** @param {PointerEvent} event */
  #grab(event) {
    if (event.button !== 0 || !this.duration) return;
    if (!this.ctx.remote.allowed) return void this.ctx.remote.seek(this.#timeOf(event));
    this.bar.setPointerCapture(event.pointerId);
    this.#held = this.#timeOf(event);
    this.#show(event);
    this.draw();
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (!this.duration) return;
    this.#show(event);
    if (this.#held === null) return;
    this.#held = this.#timeOf(event);
    this.draw();
  }

  /** @param {PointerEvent} event */
  #drop(event) {
    if (this.#held === null) return;
    const target = this.#timeOf(event);
    this.#held = null;
    this.ctx.remote.seek(target);
    if (event.pointerType !== "mouse") this.#leave();
    this.draw();
  }

  #leave() {
    this.#held = null;
    this.peek.hidden = true;
    this.bar.classList.remove("is-peeking");
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const target = keyTarget(event.key, this.ctx.conductor.position(), this.duration);
    if (target === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.ctx.remote.seek(target);
  }

  /** @param {PointerEvent} event */
  #show(event) {
    const time = this.#timeOf(event);
    const rail = this.rail.getBoundingClientRect();
    const deck = this.deck.getBoundingClientRect();
    const shown = this.storyboard.draw(time);
    const width = shown ? PEEK_PX : PEEK_BARE_PX;
    const middle = rail.left - deck.left + (time / this.duration) * rail.width;
    this.peek.classList.toggle("is-bare", !shown);
    this.peek.style.setProperty(
      "--x",
      `${Math.round(Math.min(deck.width - width, Math.max(0, middle - width / 2)))}px`,
    );
    setText(need("[data-peek-time]", this.peek), clock(time));
    setText(
      need("[data-peek-note]", this.peek),
      time > this.#preparedShare(this.duration) * this.duration ? t("Not ready yet") : "",
    );
    this.parts.ghost.style.setProperty("--p", (time / this.duration).toFixed(4));
    this.bar.classList.add("is-peeking");
    this.peek.hidden = false;
    find("canvas", this.peek)?.toggleAttribute("hidden", !shown);
  }
}

/** Room, theatre, full screen: how much of the window the film takes, and what floats over it. */

import { toast } from "../components/toast.js";
import { find, need } from "../lib/dom.js";
import { t } from "../lib/words.js";

/** A phone held sideways is a screen: the film takes it whole. Narrower is an upright one with its keyboard open. */
const SIDEWAYS = "(max-height: 480px) and (min-width: 500px) and (orientation: landscape)";

export class Stage {
  #theatre = false;
  #film = false;

  /**
   * @param {HTMLElement} room
   * @param {HTMLVideoElement} video
   * @param {AbortSignal} signal
   */
  constructor(room, video, signal) {
    this.room = room;
    this.video = video;
    this.sideways = matchMedia(SIDEWAYS);
    const redraw = () => this.#draw();
    document.addEventListener("fullscreenchange", redraw, { signal });
    for (const type of ["enterpictureinpicture", "leavepictureinpicture"])
      this.video.addEventListener(type, redraw, { signal });
    this.sideways.addEventListener("change", redraw, { signal });
    this.#button("[data-theatre]", () => this.toggleTheatre(), signal);
    this.#button("[data-full]", () => this.toggleFull(), signal);
    this.#button("[data-chat-toggle]", () => this.chat(this.room.dataset.chat !== "on"), signal);
    this.#button("[data-pip]", () => this.togglePip(), signal);
    const pip = find("[data-pip]", room);
    if (pip) pip.hidden = !document.pictureInPictureEnabled;
    redraw();
  }

  /**
   * @param {string} selector
   * @param {() => void} run
   * @param {AbortSignal} signal
   */
  #button(selector, run, signal) {
    need(selector, this.room).addEventListener("click", run, { signal });
  }

  /** Without a film a phone on its side keeps the room: a bare stage has no way out. @param {boolean} on */
  shows(on) {
    if (on === this.#film) return;
    this.#film = on;
    this.#draw();
  }

  toggleTheatre() {
    this.#theatre = !this.#theatre;
    this.#draw();
  }

  async toggleFull() {
    if (document.fullscreenElement) return document.exitFullscreen();
    if (document.fullscreenEnabled) {
      // the whole page: what lies outside a smaller full screen (menus, toasts) is seen but cannot be pressed
      return document.documentElement.requestFullscreen({ navigationUI: "hide" }).catch(() => {});
    }
    // iPhones give only the picture itself a full screen
    /** @type {any} */ (this.video).webkitEnterFullscreen?.();
  }

  /** Shows the panel where it floats over the film, or hides it. @param {boolean} on */
  chat(on) {
    this.room.dataset.chat = on && this.room.dataset.view !== "room" ? "on" : "";
    this.#draw();
  }

  /** One step back: from the chat over the film, or from the theatre. */
  back() {
    if (this.room.dataset.chat === "on") this.room.dataset.chat = "";
    else this.#theatre = false;
    this.#draw();
  }

  async togglePip() {
    try {
      if (document.pictureInPictureElement) await document.exitPictureInPicture();
      else await this.video.requestPictureInPicture();
    } catch {
      toast(t("This browser shows no picture in picture just now."));
    }
  }

  #draw() {
    const full = document.fullscreenElement !== null || (this.#film && this.sideways.matches);
    this.room.dataset.view = full ? "full" : this.#theatre ? "theatre" : "room";
    const pressed = (/** @type {string} */ selector, /** @type {boolean} */ on) =>
      need(selector, this.room).setAttribute("aria-pressed", String(on));
    pressed("[data-theatre]", this.#theatre);
    pressed("[data-pip]", document.pictureInPictureElement === this.video);
    pressed("[data-chat-toggle]", this.room.dataset.chat === "on");
    const inFull = Boolean(document.fullscreenElement);
    const button = need("[data-full]", this.room);
    button.setAttribute("aria-label", inFull ? t("Leave full screen") : t("Full screen"));
    need("use", button).setAttribute("href", inFull ? "#i-exit-fullscreen" : "#i-fullscreen");
  }
}

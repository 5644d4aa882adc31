/** The room's remote in one person's hand: what is asked, whether they may, and what to say when not. */

import { toast, toastError } from "../components/toast.js";
import { h } from "../lib/dom.js";
import { refusalText } from "./words.js";

/** @typedef {import("./types.js").RoomState} RoomState */
/** @typedef {"play" | "pause" | "toggle" | "seek" | "rate" | "load"} Deed */

export class Remote {
  /** @type {Element | null} the words of the last refusal */
  #refusal = null;

  /**
   * @param {object} parts
   * @param {any} parts.conductor
   * @param {import("./link.js").Link} parts.link
   * @param {import("../lib/store.js").Store<RoomState>} parts.room
   */
  constructor({ conductor, link, room }) {
    this.conductor = conductor;
    this.link = link;
    this.room = room;
  }

  /** Watching on one's own, the own player obeys; else the room must let this person. */
  get allowed() {
    return this.conductor.state?.state === "detached" || this.can("control");
  }

  /** @param {string} capability */
  can(capability) {
    return this.room.value.me.capabilities.includes(capability);
  }

  /** @param {number} deltaS */
  skip(deltaS) {
    return this.seek(this.conductor.position() + deltaS);
  }

  /** @param {number} positionS */
  seek(positionS) {
    const { duration } = this.conductor.state ?? {};
    return this.do("seek", Math.max(0, Math.min(duration || Number.POSITIVE_INFINITY, positionS)));
  }

  /**
   * @param {Deed} deed
   * @param {number | string} [value]
   */
  async do(deed, value) {
    if (deed === "load" ? !this.can("control") : !this.allowed) return this.#refuse(deed);
    const { conductor } = this;
    try {
      if (deed === "rate") await conductor.setRate(value);
      else await conductor[deed](value);
    } catch (error) {
      this.#failed(/** @type {any} */ (error));
    }
  }

  /** @param {string} deed */
  #refuse(deed) {
    if (this.#refusal?.isConnected) return; // they still stand there to read
    this.#refusal = h("span", {}, refusalText(this.room.value.room.control));
    toast(this.#refusal, {
      icon: "hand",
      action: { label: "Ask", run: () => this.#ask(deed) },
    });
  }

  /** @param {string} deed */
  async #ask(deed) {
    try {
      await this.link.request({ type: "sync:request", action: deed === "toggle" ? "play" : deed });
      toast("You asked for the remote", { kind: "ok" });
    } catch (error) {
      toastError(/** @type {any} */ (error));
    }
  }

  /** @param {{code?: string, message: string}} error */
  #failed(error) {
    if (error.code === "offline")
      toast(
        "You are not connected just now. The film goes on; try again when the chip says Live.",
        { kind: "warn", icon: "wifi-off" },
      );
    else if (error.code !== "superseded") toastError(error);
  }
}

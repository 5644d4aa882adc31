/** The room's remote in one person's hand: what is asked, and whether they may. */

import { toast, toastError } from "../components/toast.js";
import { t } from "../lib/words.js";
import { wishOf } from "./wishes.js";

/** @typedef {import("./types.js").RoomState} RoomState */
/** @typedef {"play" | "pause" | "toggle" | "seek" | "rate" | "load"} Deed */

export class Remote {
  /** @type {(wish: import("./wishes.js").Wish) => void} others may do this, this person may not */
  onRefused = () => {};

  /** @type {(wish: import("./wishes.js").Wish) => unknown} asks those who may */
  ask = () => {};

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
    const { conductor } = this;
    if (deed === "load" ? !this.can("control") : !this.allowed)
      return this.onRefused(wishOf(deed, value, conductor.state?.paused ?? true));
    try {
      if (deed === "rate") await conductor.setRate(value);
      else await conductor[deed](value);
    } catch (error) {
      this.#failed(/** @type {any} */ (error));
    }
  }

  /** @param {{code?: string, message: string}} error */
  #failed(error) {
    if (error.code === "offline")
      toast(
        t("You are not connected just now. The film goes on; try again when the chip says Live."),
        { kind: "warn", icon: "wifi-off" },
      );
    else if (error.code !== "superseded") toastError(error);
  }
}

/** How far this person has read: where the log stands, what came since, and what the server is told. */

import { need } from "../lib/dom.js";
import { Reading } from "./reading.js";
import { Scroll } from "./scroll.js";
import { Unread } from "./unread.js";

/** @typedef {import("../room/types.js").Ctx} Ctx */
/** @typedef {import("../room/types.js").Message} Message */

export class Reader {
  /**
   * @param {Ctx} ctx
   * @param {object} parts
   * @param {HTMLElement} parts.side
   * @param {HTMLElement} parts.badge of the tab
   * @param {HTMLElement} parts.log
   * @param {() => Message | null | undefined} parts.newest undefined while the log shows other words
   * @param {() => void} parts.older the reader came to the first words that are shown
   */
  constructor({ link, room, signal }, { side, badge, log, newest, older }) {
    this.log = log;
    this.newest = newest;
    this.unread = new Unread(need("[data-chat-new]", side), badge);
    this.scroll = new Scroll(log, { onTop: older, onEnd: () => this.look() }, signal);
    this.reading = new Reading({
      stopped: room.value.chat_read,
      me: () => room.value.me.user.id,
      tell: (id) => link.send({ type: "chat:read", id }),
    });
    this.unread.pill.addEventListener("click", () => this.toNewest(), { signal });
    document.addEventListener("visibilitychange", () => this.look(), { signal });
  }

  /** Whether the log is out of sight. */
  get hidden() {
    return !this.log.clientHeight;
  }

  /** The panel came into view. */
  shown() {
    if (this.scroll.atEnd) this.scroll.toEnd();
    this.look();
  }

  toNewest() {
    this.scroll.toEnd();
    this.look();
  }

  /** Whoever has the end of the log before them has read it. */
  look() {
    const newest = this.newest();
    if (newest === undefined || this.hidden || !this.scroll.atEnd || document.hidden) return;
    this.unread.read(false);
    this.reading.seen(newest);
  }

  draw() {
    this.unread.draw(this.hidden);
  }
}

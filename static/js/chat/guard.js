/** Veils what was said further on in the film than this person has come, until they get there. */

import { hereOf } from "./here.js";
import { keep, kept } from "./kept.js";
import { Watched } from "./watched.js";

/** @typedef {import("../room/types.js").Ctx} Ctx */
/** @typedef {import("../room/types.js").Message} Message */
/** @typedef {(message: Pick<Message, "id" | "kind" | "item_id" | "media_time" | "author">) => boolean} Veils */

const WATCHED = "sw.watched";
const KEEP_EVERY_MS = 10_000;

export class Guard {
  #watched = new Watched(kept(WATCHED));
  /** @type {Set<string>} ids of what this person wanted to see all the same */
  #opened = new Set();

  /**
   * @param {Ctx} ctx
   * @param {import("./thread.js").Thread} thread
   * @param {() => void} changed something is veiled now, or not any more
   */
  constructor(ctx, thread, changed) {
    const { conductor, signal } = ctx;
    this.ctx = ctx;
    this.thread = thread;
    this.changed = changed;
    const stop = conductor.on("state", ({ paused }) => this.#moved(!paused));
    const keeping = setInterval(() => this.#keep(), KEEP_EVERY_MS);
    addEventListener("pagehide", () => this.#keep(), { signal });
    const end = () => {
      stop();
      clearInterval(keeping);
    };
    signal.addEventListener("abort", end, { once: true });
  }

  #keep() {
    keep(WATCHED, this.#watched.text);
  }

  /** @param {boolean} plays */
  #moved(plays) {
    this.#watched.look(hereOf(this.ctx), plays);
    if (this.look()) this.changed();
  }

  /** @type {Veils} */
  veils = (message) =>
    !this.#opened.has(message.id) &&
    this.#watched.isAhead(message, hereOf(this.ctx), this.ctx.room.value.me.user.id);

  /** As far as this person knows the film, for the server. */
  known = () => this.#watched.known(hereOf(this.ctx));

  /** Veils and unveils, by where this person is now. @returns {boolean} whether anything changed */
  look() {
    const here = hereOf(this.ctx);
    const me = this.ctx.room.value.me.user.id;
    return this.thread.veil(
      (message) => !this.#opened.has(message.id) && this.#watched.isAhead(message, here, me),
    );
  }

  /** Shown all the same. @param {string} id */
  open = (id) => {
    this.#opened.add(id);
    this.look();
    this.changed();
  };
}

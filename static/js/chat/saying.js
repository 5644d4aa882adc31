/** What this person says: from the line one writes in, past commands and edits, into the outbox. */

import { Composer } from "./composer.js";
import { Orders } from "./orders.js";
import { Outbox } from "./outbox.js";
import { Turn } from "./turn.js";

/** @typedef {import("../room/types.js").Ctx} Ctx */

export class Saying {
  /**
   * @param {Ctx} ctx
   * @param {object} parts
   * @param {HTMLElement} parts.side
   * @param {import("./thread.js").Thread} parts.thread
   * @param {() => import("./handling.js").Handling | undefined} parts.handling made of the composer, so later than this
   * @param {() => void} parts.changed words are on their way, or not any more
   * @param {() => void} parts.said something was said here
   */
  constructor(ctx, { side, thread, handling, changed, said }) {
    this.ctx = ctx;
    this.handling = handling;
    this.said = said;
    this.outbox = new Outbox(thread, ctx.link, changed);
    this.composer = this.#composer(side);
    this.turn = new Turn(ctx, this.composer.waits);
    this.orders = new Orders(ctx, {
      say: (body, style) => this.#say(body, style),
      filmTime: () => this.#filmTime(),
      refused: (body, reason) => this.composer.giveBack(body, reason),
    });
  }

  /** @param {HTMLElement} side */
  #composer(side) {
    const { boot, link, signal } = this.ctx;
    return new Composer(
      side,
      {
        limit: boot.limits.chat_chars,
        send: (body) => this.#send(body),
        typing: () => link.send({ type: "chat:typing" }),
        filmTime: () => this.#filmTime(),
        leave: () => this.handling()?.letGo() ?? false,
        up: () => this.handling()?.editLast() ?? false,
        mayNot: (body) =>
          !body.startsWith("/") && !this.handling()?.edits && (this.turn?.waits ?? false),
      },
      signal,
    );
  }

  #filmTime() {
    const { room, conductor } = this.ctx;
    return room.value.timeline.item_id ? conductor.position() : null;
  }

  /** @param {string} body */
  #send(body) {
    if (!this.handling()?.take(body) && !this.orders.take(body)) this.#say(body);
  }

  /** @param {string} body @param {"me" | "roll"} [style] */
  #say(body, style) {
    const aim = this.handling()?.aim;
    const at = this.#filmTime();
    const atS = at === null ? null : Math.round(at * 10) / 10;
    this.outbox.send(body, atS, aim?.reply, style);
    aim?.set(null);
    this.said();
  }
}

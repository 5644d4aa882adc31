/** What comes from the room into the chat: words, news of them, and what that says to the reader. */

import { edited, pinned, reacted, voted } from "../room/messages.js";
import { came, forgetWhenSeen } from "./attention.js";
import { meansMe } from "./bubble.js";
import { resultWords } from "./poll.js";

/** @typedef {import("../room/types.js").Ctx} Ctx */
/** @typedef {import("../room/types.js").Frame} Frame */
/** @typedef {import("../room/types.js").Message} Message */
/**
 * @typedef {object} Parts of the chat that hear of it
 * @property {import("./thread.js").Thread} thread
 * @property {import("./history.js").History} history
 * @property {import("./scroll.js").Scroll} scroll
 * @property {import("./typing.js").Typing} typing
 * @property {import("./unread.js").Unread} unread
 * @property {import("./reading.js").Reading} reading
 * @property {import("./spoken.js").Spoken} spoken
 * @property {import("./handling.js").Handling} handling
 * @property {import("./beside.js").Beside} beside
 * @property {import("./guard.js").Guard} guard
 * @property {import("./pins.js").Pins} pins
 * @property {HTMLElement} sign on the film, of who did what
 * @property {() => void} draw
 * @property {() => void} drawAll with what stands around the log
 * @property {() => boolean} hidden whether the log is out of sight
 */

/** What news of a message makes of it. @type {Record<string, (event: Frame) => (message: Message) => Message>} */
const NEWS = {
  "chat:edited": edited,
  "chat:reaction": reacted,
  "chat:pinned": pinned,
  "poll:voted": voted,
  "poll:closed": voted,
};

export class Arrivals {
  /**
   * @param {Ctx} ctx
   * @param {Parts} parts
   */
  constructor(ctx, parts) {
    this.ctx = ctx;
    this.parts = parts;
  }

  begin() {
    const { link, me, signal } = this.ctx;
    const { typing } = this.parts;
    const stops = [
      link.on("applied", ({ event }) => this.#take(event)),
      link.on("chat:typing", (event) => {
        const by = event.by ?? event.user_id;
        if (!me.isHidden(by)) typing.begins(by);
      }),
      link.on("lost", () => this.#adopt()),
    ];
    signal.addEventListener("abort", () => stops.map((stop) => stop()), { once: true });
    forgetWhenSeen(signal);
    me.hidden.subscribe(() => this.#hide(), signal);
    this.parts.thread.hide(me.hidden.value.all);
    this.#adopt();
  }

  /** A block came or went: what is hidden goes, what is not comes back. */
  #hide() {
    const { all } = this.ctx.me.hidden.value;
    const { thread, beside, typing, drawAll } = this.parts;
    thread.hide(all);
    for (const userId of all) typing.stops(userId);
    beside.again();
    drawAll();
  }

  /** Starts from what the snapshot tells; who reads further back keeps what they read. */
  #adopt() {
    const { messages } = this.ctx.room.value;
    const { thread, history, scroll, draw } = this.parts;
    if (scroll.atEnd) thread.forget();
    if (thread.oldest) thread.goOn(messages);
    else {
      thread.add(...messages);
      history.begin(messages.length);
    }
    draw();
  }

  /** @param {Frame} event */
  #take(event) {
    const { thread, beside, pins, draw } = this.parts;
    const news = NEWS[event.type]?.(event);
    if (event.type === "chat:message") this.#said(event);
    else if (event.type === "chat:deleted") this.#gone([event.id]);
    else if (event.type === "chat:cleared") this.#gone(event.ids);
    else if (news) {
      thread.change(news);
      beside.change(news);
    } else return;
    if (event.type === "poll:closed") this.#closed(event);
    pins.heard(event);
    draw();
  }

  /** @param {Frame} event `poll:closed` */
  #closed({ id }) {
    const { thread, hidden, spoken, guard } = this.parts;
    const message = thread.message(id);
    if (message?.poll && !message.hidden && !hidden() && !guard.veils(message))
      spoken.say(resultWords(message.body, message.poll));
  }

  /** @param {string[]} ids */
  #gone(ids) {
    const { thread, beside, handling } = this.parts;
    for (const id of ids) {
      thread.delete(id);
      beside.delete(id);
      handling.aim.gone(id);
    }
  }

  /** @param {Frame} event */
  #said({ message, nonce }) {
    const { thread, beside, history, scroll, typing } = this.parts;
    const { me } = this.ctx.room.value;
    const mine = message.author?.id === me.user.id;
    thread.add({ ...message, nonce: mine ? (nonce ?? message.nonce) : null });
    if (scroll.atEnd && !beside.on) history.trim();
    beside.said(message, mine);
    const hidden = this.ctx.me.isHidden(message.author?.id);
    if (!mine && !(hidden && message.kind !== "system")) this.#speak(message);
    if (message.kind === "system" || hidden) return;
    typing.stops(message.author?.id);
    if (mine) return;
    came(meansMe(message, me.user.id));
    if (!beside.on) this.#count(message); // its head tells how much is said live
  }

  /** What comes unseen is counted; from the first of it on it is new. @param {Message} message */
  #count({ id }) {
    const { scroll, hidden, unread, reading, thread } = this.parts;
    if (scroll.atEnd && !hidden() && !document.hidden) return;
    if (!unread.any) {
      reading.settle();
      thread.mark(id);
    }
    unread.more();
  }

  /** What the sign on the film has said aloud is not said again. @param {Message} message */
  #speak(message) {
    const { beside, guard, hidden, sign, spoken } = this.parts;
    if (beside.on) return; // it is, when the film comes to it
    if (hidden() || (message.kind === "system" && sign.checkVisibility())) return;
    spoken.hear({ ...message, veiled: guard.veils(message) });
  }
}

/** The chat panel: thread, log, composer and history joined to the room's socket. */

import { html, render } from "lit";
import { need } from "../lib/dom.js";
import { logOf } from "./blocks.js";
import { Composer } from "./composer.js";
import { emptyOf, topOf } from "./edges.js";
import { perFrame } from "./frames.js";
import { handsOf } from "./hands.js";
import { History } from "./history.js";
import { Outbox } from "./outbox.js";
import { restful, wake } from "./rest.js";
import { Scroll } from "./scroll.js";
import { Spoken } from "./spoken.js";
import { Thread } from "./thread.js";
import { Typing } from "./typing.js";
import { Unread } from "./unread.js";

/** @typedef {import("../room/types.js").Ctx} Ctx */
/** @typedef {import("../room/types.js").Frame} Frame */
/** @typedef {import("../room/types.js").Message} Message */

export class Chat {
  #thread = new Thread();

  /**
   * @param {Ctx} ctx
   * @param {{side: HTMLElement, badge: HTMLElement, sign: HTMLElement}} parts
   */
  constructor(ctx, { side, badge, sign }) {
    const { signal } = ctx;
    this.ctx = ctx;
    this.sign = sign;
    this.log = need("[data-chat-log]", side);
    this.log.replaceChildren(); // it said that it loads
    this.draw = perFrame(() => this.#draw(), signal);
    this.unread = new Unread(need("[data-chat-new]", side), badge);
    this.typing = new Typing(need("[data-chat-typing]", side), ctx.room, signal);
    this.outbox = new Outbox(this.#thread, ctx.link, this.draw);
    this.history = new History(this.#thread, {
      ask: (beforeId) => ctx.api.messages(beforeId, signal),
      changed: this.draw,
    });
    this.scroll = new Scroll(
      this.log,
      { onTop: () => this.history.load(), onEnd: () => this.#read() },
      signal,
    );
    this.spoken = new Spoken(
      need("[data-chat-spoken]", side),
      () => ctx.room.value.me.user.id,
      signal,
    );
    this.composer = new Composer(
      side,
      {
        limit: ctx.boot.limits.chat_chars,
        send: (body) => this.#send(body),
        typing: () => ctx.link.send({ type: "chat:typing" }),
        filmTime: () => this.#filmTime(),
      },
      signal,
    );
    this.unread.pill.addEventListener("click", () => this.#toNewest(), { signal });
    this.#listen();
    this.#adopt();
  }

  get #hands() {
    const { outbox, history } = this;
    return handsOf(this.ctx, { outbox, history, thread: this.#thread });
  }

  get #hidden() {
    return !this.log.clientHeight;
  }

  focus() {
    this.composer.focus();
  }

  /** The panel came into view. */
  shown() {
    if (this.scroll.atEnd) this.scroll.toEnd();
    this.#read();
    this.draw();
  }

  #filmTime() {
    const { room, conductor } = this.ctx;
    return room.value.timeline.item_id ? conductor.position() : null;
  }

  /** @param {string} body */
  #send(body) {
    const at = this.#filmTime();
    this.outbox.send(body, at === null ? null : Math.round(at * 10) / 10);
    this.#toNewest();
  }

  #listen() {
    const { link, room, signal } = this.ctx;
    const stops = [
      link.on("applied", ({ event }) => this.#take(event)),
      link.on("chat:typing", (event) => this.typing.begins(event.by ?? event.user_id)),
      link.on("lost", () => this.#adopt()),
    ];
    signal.addEventListener("abort", () => stops.map((stop) => stop()), { once: true });
    room.subscribe(
      (now, before) => now.timeline.item_id !== before.timeline.item_id && this.draw(),
      signal,
    );
  }

  /** Starts from what the snapshot tells; who reads further back keeps what they read. */
  #adopt() {
    const { messages } = this.ctx.room.value;
    if (this.scroll.atEnd) this.#thread.forget();
    if (this.#thread.oldest) this.#thread.goOn(messages);
    else {
      this.#thread.add(...messages);
      this.history.begin(messages.length);
    }
    this.draw();
  }

  /** @param {Frame} event */
  #take(event) {
    if (event.type === "chat:message") this.#said(event);
    else if (event.type === "chat:edited")
      this.#thread.edit(event.message?.id ?? event.id, event.message ?? { body: event.body });
    else if (event.type === "chat:deleted") this.#thread.delete(event.id);
    else return;
    this.draw();
  }

  /** @param {Frame} event */
  #said({ message, nonce }) {
    const { me } = this.ctx.room.value;
    const mine = message.author?.id === me.user.id;
    this.#thread.add({ ...message, nonce: mine ? (nonce ?? message.nonce) : null });
    if (this.scroll.atEnd) this.history.trim();
    if (!mine) this.#speak(message);
    if (message.kind === "system") return;
    this.typing.stops(message.author?.id);
    if (!mine && (!this.scroll.atEnd || this.#hidden)) this.unread.more();
  }

  /** What the sign on the film has said aloud is not said again. @param {Message} message */
  #speak(message) {
    if (this.#hidden || (message.kind === "system" && this.sign.checkVisibility())) return;
    this.spoken.hear(message);
  }

  #draw() {
    const { older, gap } = this.history;
    const chunks = this.#thread.chunks(this.ctx.room.value.me.user);
    const top = topOf(older, () => void this.history.load(true));
    const body = chunks.length ? logOf(chunks, this.#hands, gap) : emptyOf();
    this.scroll.around(() => {
      render(html`${top}${body}`, this.log);
      wake(this.log);
    });
    restful(this.log);
    this.unread.draw(this.#hidden);
  }

  #toNewest() {
    this.scroll.toEnd();
    this.#read();
  }

  #read() {
    if (!this.#hidden && this.scroll.atEnd) this.unread.read(false);
  }
}

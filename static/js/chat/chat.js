/** The chat panel: thread, log, composer and history joined to the room's socket. */

import { html, render } from "lit";
import { need } from "../lib/dom.js";
import { edited, pinned, reacted } from "../room/messages.js";
import { came, forgetWhenSeen } from "./attention.js";
import { logOf } from "./blocks.js";
import { meansMe } from "./bubble.js";
import { Composer } from "./composer.js";
import { emptyOf, topOf } from "./edges.js";
import { Finder } from "./finder.js";
import { perFrame } from "./frames.js";
import { Handling } from "./handling.js";
import { handsOf } from "./hands.js";
import { History } from "./history.js";
import { Outbox } from "./outbox.js";
import { Pins } from "./pins.js";
import { Reading } from "./reading.js";
import { restful, wake } from "./rest.js";
import { Scroll } from "./scroll.js";
import { Search } from "./search.js";
import { Spoken } from "./spoken.js";
import { Thread } from "./thread.js";
import { Typing } from "./typing.js";
import { Unread } from "./unread.js";

/** @typedef {import("../room/types.js").Ctx} Ctx */
/** @typedef {import("../room/types.js").Frame} Frame */
/** @typedef {import("../room/types.js").Message} Message */

/** What news of a message makes of it. @type {Record<string, (event: Frame) => (message: Message) => Message>} */
const NEWS = { "chat:edited": edited, "chat:reaction": reacted, "chat:pinned": pinned };

export class Chat {
  #thread = new Thread();

  /**
   * @param {Ctx} ctx
   * @param {{side: HTMLElement, badge: HTMLElement, sign: HTMLElement}} parts
   */
  constructor(ctx, { side, badge, sign }) {
    const { signal, link, room } = ctx;
    this.ctx = ctx;
    this.sign = sign;
    this.log = need("[data-chat-log]", side);
    this.log.replaceChildren(); // it said that it loads
    this.draw = perFrame(() => this.#draw(), signal);
    this.unread = new Unread(need("[data-chat-new]", side), badge);
    this.typing = new Typing(need("[data-chat-typing]", side), room, signal);
    this.outbox = new Outbox(this.#thread, link, this.draw);
    this.history = new History(this.#thread, {
      ask: (beforeId, limit) => ctx.api.messages(beforeId, signal, limit),
      changed: this.draw,
    });
    this.scroll = new Scroll(
      this.log,
      { onTop: () => this.history.load(), onEnd: () => this.#read() },
      signal,
    );
    const me = () => room.value.me.user.id;
    this.spoken = new Spoken(need("[data-chat-spoken]", side), me, signal);
    this.reading = new Reading({
      stopped: room.value.chat_read,
      me,
      tell: (id) => link.send({ type: "chat:read", id }),
    });
    this.composer = this.#composer(side);
    this.handling = new Handling(ctx, {
      side,
      log: this.log,
      thread: this.#thread,
      composer: this.composer,
    });
    this.finder = new Finder({
      log: this.log,
      thread: this.#thread,
      history: this.history,
      scroll: this.scroll,
      draw: () => this.#draw(),
      found: (element) => this.handling.walk.to(element),
    });
    this.pins = new Pins(need("[data-chat-pins]", side), ctx, {
      goTo: this.goTo,
      unpin: (message) => void this.handling.deeds.pin(message),
    });
    new Search(
      need("[data-chat-search]", side),
      need("[data-search-open]", side),
      { ask: (words, before) => ctx.api.search(words, before, signal), goTo: this.goTo },
      signal,
    );
    this.unread.pill.addEventListener("click", () => this.#toNewest(), { signal });
    this.#thread.hide(ctx.me.hidden.value.all);
    this.#listen();
    this.#adopt();
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
        leave: () => this.handling.letGo(),
        up: () => this.handling.editLast(),
      },
      signal,
    );
  }

  /** A message, however far back. @param {string} id */
  goTo = (id) => void this.finder.goTo(id);

  get #hands() {
    const { outbox, history, goTo, handling } = this;
    const react = (
      /** @type {string} */ id,
      /** @type {string} */ emoji,
      /** @type {boolean} */ on,
    ) => void handling.deeds.react(id, emoji, on);
    return handsOf(this.ctx, { outbox, history, goTo, react });
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
    const { aim } = this.handling;
    if (this.handling.take(body)) return;
    const at = this.#filmTime();
    this.outbox.send(body, at === null ? null : Math.round(at * 10) / 10, aim.reply);
    aim.set(null);
    this.#toNewest();
  }

  #listen() {
    const { link, room, signal } = this.ctx;
    const stops = [
      link.on("applied", ({ event }) => this.#take(event)),
      link.on("chat:typing", (event) => {
        const by = event.by ?? event.user_id;
        if (!this.ctx.me.isHidden(by)) this.typing.begins(by);
      }),
      link.on("lost", () => this.#adopt()),
    ];
    forgetWhenSeen(signal);
    document.addEventListener("visibilitychange", () => this.#read(), { signal });
    signal.addEventListener("abort", () => stops.map((stop) => stop()), { once: true });
    this.ctx.me.hidden.subscribe(() => this.#hide(), signal);
    room.subscribe(
      (now, before) => now.timeline.item_id !== before.timeline.item_id && this.draw(),
      signal,
    );
  }

  /** A block came or went: what is hidden goes, what is not comes back. */
  #hide() {
    const { all } = this.ctx.me.hidden.value;
    this.#thread.hide(all);
    for (const userId of all) this.typing.stops(userId);
    this.draw();
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
    else if (event.type === "chat:deleted") {
      this.#thread.delete(event.id);
      this.handling.aim.gone(event.id);
    } else if (NEWS[event.type]) this.#thread.change(NEWS[event.type](event));
    else return;
    this.pins.heard(event);
    this.draw();
  }

  /** @param {Frame} event */
  #said({ message, nonce }) {
    const { me } = this.ctx.room.value;
    const mine = message.author?.id === me.user.id;
    this.#thread.add({ ...message, nonce: mine ? (nonce ?? message.nonce) : null });
    if (this.scroll.atEnd) this.history.trim();
    const hidden = this.ctx.me.isHidden(message.author?.id);
    if (!mine && !(hidden && message.kind !== "system")) this.#speak(message);
    if (message.kind === "system" || hidden) return;
    this.typing.stops(message.author?.id);
    if (mine) return;
    came(meansMe(message, me.user.id));
    if (this.scroll.atEnd && !this.#hidden && !document.hidden) return;
    if (!this.unread.any) this.#moveLine(message.id);
    this.unread.more();
  }

  /** From here on it is new. @param {string} id */
  #moveLine(id) {
    this.reading.settle();
    this.#thread.mark(id);
  }

  /** What the sign on the film has said aloud is not said again. @param {Message} message */
  #speak(message) {
    if (this.#hidden || (message.kind === "system" && this.sign.checkVisibility())) return;
    this.spoken.hear(message);
  }

  #draw() {
    const { older, gap } = this.history;
    const line = this.reading.line(this.#thread.all);
    if (line !== undefined) this.#thread.mark(line);
    const chunks = this.#thread.chunks(this.ctx.room.value.me.user);
    const top = topOf(older, () => void this.history.load(true));
    const body = chunks.length ? logOf(chunks, this.#hands, gap) : emptyOf();
    this.scroll.around(() =>
      this.handling.walk.around(() => {
        render(html`${top}${body}`, this.log);
        wake(this.log);
      }),
    );
    restful(this.log);
    this.unread.draw(this.#hidden);
    this.#read();
  }

  #toNewest() {
    this.scroll.toEnd();
    this.#read();
  }

  #read() {
    if (this.#hidden || !this.scroll.atEnd || document.hidden) return;
    this.unread.read(false);
    this.reading.seen(this.#thread.newest);
  }
}

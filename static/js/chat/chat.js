/** The chat panel: thread, log, composer and history joined to the room's socket. */

import { html, render } from "lit";
import { need } from "../lib/dom.js";
import { Arrivals } from "./arrivals.js";
import { Beside } from "./beside.js";
import { logOf } from "./blocks.js";
import { Composer } from "./composer.js";
import { emptyOf, quietOf, topOf } from "./edges.js";
import { Finder } from "./finder.js";
import { perFrame } from "./frames.js";
import { Guard } from "./guard.js";
import { Handling } from "./handling.js";
import { handsOf } from "./hands.js";
import { History } from "./history.js";
import { Mode } from "./mode.js";
import { Orders } from "./orders.js";
import { Outbox } from "./outbox.js";
import { Pins } from "./pins.js";
import { Polls } from "./polls.js";
import { Reading } from "./reading.js";
import { restful, wake } from "./rest.js";
import { Scroll } from "./scroll.js";
import { Search } from "./search.js";
import { Spoken } from "./spoken.js";
import { Thread } from "./thread.js";
import { Turn } from "./turn.js";
import { Typing } from "./typing.js";
import { Unread } from "./unread.js";

/** @typedef {import("../room/types.js").Ctx} Ctx */

export class Chat {
  #thread = new Thread();

  /**
   * @param {Ctx} ctx
   * @param {{side: HTMLElement, badge: HTMLElement, sign: HTMLElement}} parts
   */
  constructor(ctx, { side, badge, sign }) {
    const { signal, link, room } = ctx;
    this.ctx = ctx;
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
      { onTop: () => this.#older(), onEnd: () => this.#read() },
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
    this.turn = new Turn(ctx, this.composer.waits);
    this.guard = new Guard(ctx, this.#thread, () => this.drawAll());
    this.beside = new Beside(ctx, {
      changed: () => this.draw(),
      came: (message) => this.#hidden || this.spoken.hear(message),
      veils: this.guard.veils,
    });
    this.mode = new Mode(need("[data-chat-mode]", side), this.beside);
    const { beside } = this;
    const thread = this.#thread;
    this.handling = new Handling(ctx, {
      side,
      log: this.log,
      thread: {
        message: (id) => beside.message(id) ?? thread.message(id),
        get all() {
          return thread.all;
        },
      },
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
      veils: this.guard.veils,
    });
    this.orders = new Orders(ctx, {
      say: (body, style) => this.#say(body, style),
      filmTime: () => this.#filmTime(),
      refused: (body, reason) => this.composer.giveBack(body, reason),
    });
    this.polls = new Polls(need("[data-chat-polls]", side), ctx, {
      goTo: this.goTo,
      voted: (id) => this.#again(id),
      veils: this.guard.veils,
    });
    this.search = new Search(
      need("[data-chat-search]", side),
      need("[data-search-open]", side),
      {
        ask: (words, before) => ctx.api.search(words, before, signal),
        goTo: this.goTo,
        tells: (message) =>
          !this.guard.veils(message) && !ctx.me.isHidden(message.author?.id ?? ""),
        waits: () => room.value.timeline.item_id !== null,
      },
      signal,
    );
    this.unread.pill.addEventListener("click", () => this.#toNewest(), { signal });
    document.addEventListener("visibilitychange", () => this.#read(), { signal });
    room.subscribe(
      (now, before) =>
        (now.timeline.item_id !== before.timeline.item_id || now.emotes !== before.emotes) &&
        this.draw(),
      signal,
    );
    new Arrivals(ctx, {
      ...this,
      thread: this.#thread,
      sign,
      hidden: () => this.#hidden,
    }).begin();
  }

  /** What this person may know of is otherwise now: the log, and what stands around it. */
  drawAll = () => {
    this.beside?.again();
    this.pins?.draw();
    this.polls?.draw();
    this.search?.draw();
    this.draw();
  };

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
        mayNot: (body) =>
          !body.startsWith("/") && !this.handling?.edits && (this.turn?.waits ?? false),
      },
      signal,
    );
  }

  /** A message, however far back; the film may not have come to it. @param {string} id */
  goTo = (id) => {
    if (this.beside.on && !this.log.querySelector(`[data-message="${CSS.escape(id)}"]`))
      this.beside.on = false;
    void this.finder.goTo(id);
  };

  /** What comes before the first words that are shown. */
  #older() {
    if (this.beside.on) this.beside.earlier();
    else void this.history.load();
  }

  get #hands() {
    const { outbox, history, goTo, handling, guard, polls } = this;
    const react = (
      /** @type {string} */ id,
      /** @type {string} */ emoji,
      /** @type {boolean} */ on,
    ) => void handling.deeds.react(id, emoji, on);
    return handsOf(this.ctx, {
      outbox,
      history,
      goTo,
      unveil: guard.open,
      ballot: polls.ballot,
      react,
    });
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
    if (!this.handling.take(body) && !this.orders.take(body)) this.#say(body);
  }

  /** @param {string} body @param {"me" | "roll"} [style] */
  #say(body, style) {
    const { aim } = this.handling;
    const at = this.#filmTime();
    this.outbox.send(body, at === null ? null : Math.round(at * 10) / 10, aim.reply, style);
    aim.set(null);
    this.#toNewest();
  }

  #draw() {
    this.guard.look();
    this.mode.draw();
    const { on } = this.beside;
    const { older, gap } = this.history;
    const line = this.reading.line(() => this.#thread.all);
    if (line !== undefined) this.#thread.mark(line);
    const chunks = on
      ? this.beside.chunks(this.#thread.unsent)
      : this.#thread.chunks(this.ctx.room.value.me.user);
    const top = on
      ? topOf(this.beside.asking, () => this.beside.retry())
      : topOf(older, () => void this.history.load(true));
    const empty = on ? quietOf() : emptyOf();
    const body = chunks.length ? logOf(chunks, this.#hands, gap) : empty;
    this.scroll.around(() =>
      this.handling.walk.around(() => {
        render(html`${top}${body}`, this.log);
        wake(this.log);
      }),
    );
    restful(this.log);
    this.#read(); // before anything is written again: it looks at what was laid out
    this.unread.draw(this.#hidden);
  }

  /** It is to be drawn anew: it looks otherwise to this person. @param {string} id */
  #again(id) {
    this.#thread.edit(id, {});
    this.beside.change((message) => (message.id === id ? { ...message } : message));
    this.draw();
  }

  #toNewest() {
    this.scroll.toEnd();
    this.#read();
  }

  #read() {
    if (this.beside.on || this.#hidden || !this.scroll.atEnd || document.hidden) return;
    this.unread.read(false);
    this.reading.seen(this.#thread.newest);
  }
}

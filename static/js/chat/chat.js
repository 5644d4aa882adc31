/** The chat panel: thread, log, composer and history joined to the room's socket. */

import { need } from "../lib/dom.js";
import { Arrivals } from "./arrivals.js";
import { Beside } from "./beside.js";
import { drawLog } from "./drawing.js";
import { Finder } from "./finder.js";
import { perFrame } from "./frames.js";
import { Guard } from "./guard.js";
import { Handling } from "./handling.js";
import { History } from "./history.js";
import { Leads } from "./leads.js";
import { Mode } from "./mode.js";
import { Reader } from "./reader.js";
import { Saying } from "./saying.js";
import { Spoken } from "./spoken.js";
import { Thread } from "./thread.js";
import { Typing } from "./typing.js";

/** @typedef {import("../room/types.js").Ctx} Ctx */

export class Chat {
  thread = new Thread();

  /**
   * @param {Ctx} ctx
   * @param {{side: HTMLElement, badge: HTMLElement, sign: HTMLElement}} parts
   */
  constructor(ctx, { side, badge, sign }) {
    const { signal, room } = ctx;
    this.ctx = ctx;
    this.log = need("[data-chat-log]", side);
    this.log.replaceChildren(); // it said that it loads
    this.draw = perFrame(() => this.#draw(), signal);
    this.typing = new Typing(need("[data-chat-typing]", side), room, signal);
    this.history = new History(this.thread, {
      ask: (beforeId, limit) => ctx.api.messages(beforeId, signal, limit),
      changed: this.draw,
    });
    const me = () => room.value.me.user.id;
    this.spoken = new Spoken(need("[data-chat-spoken]", side), me, signal);
    this.reader = new Reader(ctx, {
      side,
      badge,
      log: this.log,
      newest: () => (this.beside.on ? undefined : this.thread.newest),
      older: () => this.#older(),
    });
    this.saying = new Saying(ctx, {
      side,
      thread: this.thread,
      handling: () => this.handling,
      changed: this.draw,
      said: () => this.reader.toNewest(),
    });
    this.guard = new Guard(ctx, this.thread, () => this.drawAll());
    this.beside = new Beside(ctx, {
      changed: () => this.draw(),
      came: (message) => this.reader.hidden || this.spoken.hear(message),
      veils: this.guard.veils,
    });
    this.mode = new Mode(need("[data-chat-mode]", side), this.beside);
    const { beside, thread } = this;
    this.handling = new Handling(ctx, {
      side,
      log: this.log,
      thread: {
        message: (id) => beside.message(id) ?? thread.message(id),
        get all() {
          return thread.all;
        },
      },
      composer: this.saying.composer,
    });
    this.finder = new Finder({
      log: this.log,
      thread: this.thread,
      history: this.history,
      scroll: this.reader.scroll,
      draw: () => this.#draw(),
      found: (element) => this.handling.walk.to(element),
    });
    this.leads = new Leads(ctx, side, {
      goTo: this.goTo,
      unpin: (message) => void this.handling.deeds.pin(message),
      voted: (id) => this.#again(id),
      veils: this.guard.veils,
      known: this.guard.known,
    });
    room.subscribe(
      (now, before) =>
        (now.timeline.item_id !== before.timeline.item_id || now.emotes !== before.emotes) &&
        this.draw(),
      signal,
    );
    const { scroll, unread, reading } = this.reader;
    new Arrivals(ctx, {
      ...this,
      scroll,
      unread,
      reading,
      pins: this.leads.pins,
      sign,
      hidden: () => this.reader.hidden,
    }).begin();
  }

  /** What this person may know of is otherwise now: the log, and what stands around it. */
  drawAll = () => {
    this.beside?.again();
    this.leads?.draw();
    this.draw();
  };

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

  focus() {
    this.saying.composer.focus();
  }

  /** The panel came into view. */
  shown() {
    this.reader.shown();
    this.draw();
  }

  #draw() {
    drawLog(this.ctx, this);
    this.reader.look(); // before anything is written again: it looks at what was laid out
    this.reader.draw();
  }

  /** It is to be drawn anew: it looks otherwise to this person. @param {string} id */
  #again(id) {
    this.thread.edit(id, {});
    this.beside.change((message) => (message.id === id ? { ...message } : message));
    this.draw();
  }
}

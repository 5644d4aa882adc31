/** The chat panel: thread, log, composer and history joined to the room's socket. */

import { html, nothing, render } from "lit";
import { need } from "../lib/dom.js";
import { drawing, glyph } from "../room/ui.js";
import { nameOf } from "../room/words.js";
import { Composer } from "./composer.js";
import { History } from "./history.js";
import { logOf } from "./log.js";
import { Outbox } from "./outbox.js";
import { Scroll } from "./scroll.js";
import { Thread } from "./thread.js";

/** @typedef {import("../room/types.js").Ctx} Ctx */
/** @typedef {import("../room/types.js").Frame} Frame */

const TYPING_MS = 5_000;

export class Chat {
  #thread = new Thread();
  /** @type {Map<string, any>} who is typing, with the timer that forgets it */
  #typing = new Map();
  #unread = 0;

  /**
   * @param {Ctx} ctx
   * @param {{side: HTMLElement, badge: HTMLElement}} parts
   */
  constructor(ctx, { side, badge }) {
    this.ctx = ctx;
    this.badge = badge;
    this.log = need("[data-chat-log]", side);
    this.pill = need("[data-chat-new]", side);
    this.typing = need("[data-chat-typing]", side);
    this.draw = drawing(() => this.#draw(false));
    this.outbox = new Outbox(this.#thread, ctx.link, this.draw);
    this.history = new History(this.#thread, {
      ask: (beforeId) => ctx.api.messages(beforeId, ctx.signal),
      changed: () => ctx.signal.aborted || this.#draw(true),
    });
    this.scroll = new Scroll(
      this.log,
      { onTop: () => this.history.load(), onEnd: () => this.#read() },
      ctx.signal,
    );
    this.composer = new Composer(
      side,
      {
        limit: ctx.boot.limits.chat_chars,
        send: (body) => this.#send(body),
        typing: () => ctx.link.send({ type: "chat:typing" }),
        filmTime: () => this.#filmTime(),
      },
      ctx.signal,
    );
    this.pill.addEventListener("click", () => this.#toNewest(), { signal: ctx.signal });
    this.#listen();
    this.#adopt();
  }

  focus() {
    this.composer.focus();
  }

  /** The panel came into view. */
  shown() {
    if (this.scroll.atEnd) this.scroll.toEnd();
    this.#read();
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
      link.on("chat:typing", (event) => this.#types(event.by ?? event.user_id)),
      link.on("lost", () => this.#adopt()),
    ];
    signal.addEventListener("abort", () => stops.map((stop) => stop()), { once: true });
    room.subscribe(
      (now, before) => now.timeline.item_id !== before.timeline.item_id && this.draw(),
      signal,
    );
  }

  /** Starts from what the snapshot tells. */
  #adopt() {
    this.#thread.forget();
    this.#thread.add(...this.ctx.room.value.messages);
    this.history.begin(this.ctx.room.value.messages.length);
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
    if (message.kind === "system") return;
    this.#stopsTyping(message.author?.id);
    if (!mine && (!this.scroll.atEnd || !this.log.clientHeight)) this.#unread += 1;
  }

  /** @param {boolean} older */
  #draw(older) {
    const { room, remote, conductor } = this.ctx;
    const hands = {
      jump:
        remote.allowed && room.value.timeline.item_id
          ? (/** @type {number} */ at) => void remote.seek(at)
          : null,
      retry: (/** @type {string} */ nonce) => void this.outbox.retry(nonce),
      discard: (/** @type {string} */ nonce) => this.outbox.discard(nonce),
      duration: conductor.state?.duration ?? 0,
      me: room.value.me.user.id,
      message: (/** @type {string} */ id) => this.#thread.message(id),
    };
    const rows = this.#thread.rows(room.value.me.user);
    this.scroll.around(
      () =>
        render(html`${this.#top()}${rows.length ? logOf(rows, hands) : this.#empty()}`, this.log),
      older,
    );
    this.#drawUnread();
  }

  #top() {
    if (this.history.loading)
      return html`<div class="sys"><span class="arc" aria-hidden="true"></span><span>Loading older messages</span></div>`;
    if (!this.history.failed) return nothing;
    return html`<div class="log-older mstate mstate-bad">${glyph("warning")}Older messages did not load. <button type="button" @click=${() => this.history.load(true)}>Try again</button></div>`;
  }

  #empty() {
    return html`<div class="log-empty"><span class="disc">${glyph("chat", "i-24")}</span><h3>Quiet in here</h3><p>What you write carries the film's time, so it can be found again.</p></div>`;
  }

  /** @param {string} userId */
  #types(userId) {
    if (!userId || userId === this.ctx.room.value.me.user.id) return;
    clearTimeout(this.#typing.get(userId));
    this.#typing.set(
      userId,
      setTimeout(() => this.#stopsTyping(userId), TYPING_MS),
    );
    this.#drawTyping();
  }

  /** @param {string | undefined} userId */
  #stopsTyping(userId) {
    if (!userId || !this.#typing.has(userId)) return;
    clearTimeout(this.#typing.get(userId));
    this.#typing.delete(userId);
    this.#drawTyping();
  }

  #drawTyping() {
    const names = [...this.#typing.keys()].map((id) => nameOf(this.ctx.room.value, id));
    const words =
      names.length > 2
        ? "Several people are typing"
        : `${names.join(" and ")} ${names.length === 1 ? "is" : "are"} typing`;
    render(
      names.length
        ? html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${words}`
        : nothing,
      this.typing,
    );
  }

  #toNewest() {
    this.scroll.toEnd();
    this.#read();
  }

  #read() {
    if (!this.log.clientHeight || !this.scroll.atEnd || !this.#unread) return;
    this.#unread = 0;
    this.#drawUnread();
  }

  #drawUnread() {
    const hidden = !this.log.clientHeight;
    this.pill.hidden = hidden || !this.#unread;
    render(html`${this.#unread} new ${glyph("down")}`, this.pill);
    this.badge.textContent = hidden && this.#unread ? String(this.#unread) : "";
    this.badge.classList.toggle("is-new", hidden && this.#unread > 0);
  }
}

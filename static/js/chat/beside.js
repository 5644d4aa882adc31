/** The chat beside the film: loads what was said around one's place, shows what has come. */

import { hereOf } from "./here.js";
import { keep, kept } from "./kept.js";
import { Replay } from "./replay.js";
import { rowsOf } from "./rows.js";

/** @typedef {import("../room/types.js").Ctx} Ctx */
/** @typedef {import("../room/types.js").Message} Message */
/** @typedef {import("./replay.js").Span} Span */
/** @typedef {import("./rows.js").Row} Row */

const CHOICE = "sw.chat.beside";
/** Two looks further apart in the film than this are a jump: what it passes over is not read out. */
const JUMP_S = 3;

export class Beside {
  #replay = new Replay();
  #chosen = kept(CHOICE) === "film";
  /** @type {string | null} */
  #itemId = null;
  #atS = 0;
  /** @type {Message[]} */
  #shown = [];
  /** @type {{of: Message[] | null, pending: string, rows: Row[]}} */
  #drawn = { of: null, pending: "", rows: [] };
  /** @type {Map<string, Message>} what was said since it was switched on */
  #live = new Map();
  asking = { loading: false, failed: false };

  /**
   * @param {Ctx} ctx
   * @param {object} on
   * @param {() => void} on.changed it shows something else
   * @param {(message: Message) => void} on.came the film came to a message
   * @param {import("./guard.js").Veils} on.veils
   */
  constructor(ctx, { changed, came, veils }) {
    const { conductor, signal } = ctx;
    this.ctx = ctx;
    this.changed = changed;
    this.came = came;
    this.veils = veils;
    const stop = conductor.on("state", () => this.#look());
    signal.addEventListener("abort", () => stop(), { once: true });
    this.#look();
  }

  /** Whether there is a film that the chat could go with. */
  get possible() {
    return hereOf(this.ctx).itemId !== null;
  }

  get on() {
    return this.#chosen && this.possible;
  }

  set on(on) {
    this.#chosen = on;
    keep(CHOICE, on ? "film" : "live");
    this.#live.clear();
    this.#look();
    this.changed();
  }

  /** How many words people said since, that have not come here. */
  get elsewhere() {
    const shown = new Set(this.#shown.map(({ id }) => id));
    return [...this.#live.values()].filter((one) => !shown.has(one.id) && !this.#isHidden(one))
      .length;
  }

  /** @param {Message} message somebody said it now @param {boolean} mine */
  said(message, mine) {
    if (!this.on || message.kind === "system") return;
    if (!mine) this.#live.set(message.id, message);
    if (message.item_id === this.#itemId) this.#replay.said(message);
    this.#look();
  }

  /** @param {(message: Message) => Message} change */
  change(change) {
    this.#replay.change(change);
    this.#look();
  }

  /** @param {string} id */
  delete(id) {
    this.#live.delete(id);
    this.#replay.delete(id);
    this.#look();
  }

  /** @param {string} id */
  message(id) {
    return this.on ? this.#replay.message(id) : undefined;
  }

  /**
   * What has come, as one chunk of the log; the same rows as long as nothing came.
   * @param {import("./rows.js").Pending[]} pending
   */
  chunks(pending) {
    const { me } = this.ctx.room.value;
    const state = JSON.stringify(pending);
    if (this.#drawn.of !== this.#shown || this.#drawn.pending !== state) {
      const seen = this.#shown.filter((one) => !this.#isHidden(one)).map(this.#quoting);
      const rows = rowsOf(seen, pending, me.user, "").filter(({ kind }) => kind !== "day");
      this.#drawn = { of: this.#shown, pending: state, rows };
    }
    const { rows } = this.#drawn;
    return rows.length ? [{ key: "film", block: "film", gap: false, rows }] : [];
  }

  /** What it answers may be of somebody behind a block, or lie further on. @param {Message} message @returns {Message} */
  #quoting = (message) => {
    const { reply } = message;
    if (!reply) return message;
    const hidden = this.#isHidden(reply);
    return {
      ...message,
      reply: { ...reply, hidden, veiled: this.veils({ ...reply, kind: "text" }) },
    };
  };

  /** Somebody was blocked or is not any more, something is veiled or is not. */
  again() {
    this.#drawn = { ...this.#drawn, of: null };
  }

  /** What was said before the first one that is here. */
  earlier() {
    const span = this.#replay.earlier();
    if (span) void this.#load(span);
  }

  /** After it failed. */
  retry() {
    this.asking = { loading: false, failed: false };
    this.#look();
    this.changed();
  }

  /** @param {Pick<Message, "author">} message */
  #isHidden({ author }) {
    return author !== null && this.ctx.me.isHidden(author.id);
  }

  #look() {
    if (!this.on) return;
    const { itemId, atS } = hereOf(this.ctx);
    const other = itemId !== this.#itemId;
    if (other) this.#replay.clear();
    this.#itemId = itemId;
    const wanted = this.#replay.wants(atS);
    if (wanted && !this.asking.failed) void this.#load(wanted);
    const before = this.#shown;
    const played = !other && atS >= this.#atS && atS - this.#atS < JUMP_S;
    this.#atS = atS;
    this.#shown = this.#replay.shown(atS);
    if (this.#shown === before) return;
    if (played) this.#tell(before);
    this.changed();
  }

  /** @param {Message[]} before */
  #tell(before) {
    if (!before.length || this.asking.loading) return; // what was just loaded came long ago
    const known = new Set(before.map(({ id }) => id));
    const mine = this.ctx.room.value.me.user.id;
    for (const one of this.#shown)
      if (!known.has(one.id) && one.author?.id !== mine && !this.#isHidden(one)) this.came(one);
  }

  /** @param {Span} span */
  async #load(span) {
    if (this.asking.loading) return;
    const itemId = /** @type {string} */ (this.#itemId);
    this.asking = { loading: true, failed: false };
    this.changed();
    const messages = await this.#pages(itemId, span).catch(() => null);
    this.asking = { loading: false, failed: messages === null };
    // Another film by now, and what is asked for is asked for there.
    if (messages && itemId === this.#itemId) this.#replay.took(span, messages);
    this.#look();
    this.changed();
  }

  /** @param {string} itemId @param {Span} span */
  async #pages(itemId, span) {
    const { api, signal } = this.ctx;
    /** @type {Message[]} */
    const all = [];
    /** @type {string | null} */
    let cursor = null;
    do {
      const { results, next } = await api.moments(itemId, span, cursor, signal);
      all.push(...results);
      cursor = next && new URL(next, location.href).searchParams.get("cursor");
    } while (cursor);
    return all;
  }
}

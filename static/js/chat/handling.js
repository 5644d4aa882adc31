/** Joins what one may do with messages to the log and to the line one writes in. */

import { need } from "../lib/dom.js";
import { report } from "../room/moderating.js";
import { Aim } from "./aim.js";
import { Completer } from "./completer.js";
import { Deeds } from "./deeds.js";
import { emotesBy } from "./emotes.js";
import { mountFingers } from "./fingers.js";
import { messageMenu } from "./message-menu.js";
import { pickReaction, showHistory, showReacted } from "./sheets.js";
import { commandSource, emoteSource, peopleSource } from "./sources.js";
import { spoken } from "./spoken.js";
import { Tools } from "./tools.js";
import { Walk } from "./walk.js";

/** @typedef {import("../room/types.js").Ctx} Ctx */
/** @typedef {import("../room/types.js").Message} Message */

export class Handling {
  /**
   * @param {Ctx} ctx
   * @param {object} parts
   * @param {HTMLElement} parts.side
   * @param {HTMLElement} parts.log
   * @param {Pick<import("./thread.js").Thread, "message" | "all">} parts.thread
   * @param {import("./composer.js").Composer} parts.composer
   */
  constructor(ctx, { side, log, thread, composer }) {
    const { signal, room, api } = ctx;
    this.ctx = ctx;
    this.thread = thread;
    this.composer = composer;
    this.deeds = new Deeds(ctx);
    this.aim = new Aim(need("[data-chat-aim]", side), () => this.letGo());
    const emotes = () => emotesBy(room.value.emotes);
    const pick = (/** @type {Message} */ { id }) =>
      pickReaction(emotes(), (emoji) => void this.deeds.react(id, emoji, true));
    const choices = () => ({
      deeds: this.deeds,
      signs: room.value.reactions.slice(0, 5),
      me: room.value.me.user.id,
      reply: (/** @type {Message} */ message) => this.reply(message),
      edit: (/** @type {Message} */ message) => this.edit(message),
      pick,
      whoReacted: (/** @type {Message} */ message) => void showReacted(api, message, emotes()),
      history: (/** @type {Message} */ message) => void showHistory(api, message),
      report: (/** @type {Message} */ message) => report(ctx, { message }),
    });
    this.tools = new Tools(
      {
        frame: need(".log-frame", side),
        log,
        message: (id) => thread.message(id),
        content: (message) => messageMenu(message, choices()),
        reply: (message) => this.reply(message),
        pick,
        chats: () => this.deeds.can("chat"),
      },
      signal,
    );
    this.walk = new Walk(
      {
        log,
        at: (element) => this.tools.show(element),
        open: (element) => this.#open(element),
        label: (id) => this.#label(id),
        out: () => composer.focus(),
      },
      signal,
    );
    mountFingers(
      log,
      {
        open: (element) => this.tools.openAt(element),
        reply: (element) => this.reply(thread.message(element.dataset.message ?? "")),
      },
      signal,
    );
    this.completer = new Completer(
      composer.input,
      need("[data-chat-at]", side),
      [
        peopleSource(() => this.#people()),
        commandSource((capability) => this.deeds.can(capability)),
        emoteSource(emotes),
      ],
      signal,
    );
  }

  /** @param {HTMLElement} element a message: its menu, or its words where they are veiled */
  #open(element) {
    const veil = element.querySelector("button.veil");
    if (veil) /** @type {HTMLElement} */ (veil).click();
    else this.tools.openAt(element, true);
  }

  /** @param {Message | undefined} message */
  reply(message) {
    if (!message || !this.deeds.can("chat")) return;
    this.aim.set({ kind: "reply", message });
    this.composer.focus();
  }

  /** @param {Message} message */
  edit(message) {
    this.aim.set({ kind: "edit", message });
    this.composer.words = message.body;
    this.composer.focus();
  }

  /** @returns {boolean} whether there was something to let go of */
  letGo() {
    const { at } = this.aim;
    this.aim.set(null);
    if (at?.kind === "edit") this.composer.words = "";
    if (at) this.composer.focus();
    return at !== null;
  }

  /** Whether what is written changes a message that is there. */
  get edits() {
    return this.aim.at?.kind === "edit";
  }

  /** The newest message of one's own. @returns {boolean} whether there is one */
  editLast() {
    const last = this.thread.all.findLast(
      (one) => one.kind === "text" && !one.deleted && !one.poll && this.deeds.isMine(one),
    );
    if (last) this.edit(last);
    return last !== undefined;
  }

  /**
   * Takes words that are not a new message.
   * @param {string} body
   * @returns {boolean} whether they were
   */
  take(body) {
    const { at } = this.aim;
    if (at?.kind !== "edit") return false;
    this.aim.set(null);
    void this.deeds.edit(at.message.id, body).then((done) => {
      if (done || this.composer.words || this.aim.at) return;
      this.edit(at.message);
      this.composer.words = body;
    });
    return true;
  }

  /** @param {string} id */
  #label(id) {
    const message = this.thread.message(id);
    return message && !message.deleted ? spoken(message, this.ctx.room.value.me.user.id) : "";
  }

  #people() {
    const { me, members } = this.ctx.room.value;
    const others = members.map(({ user }) => user).filter(({ id }) => id !== me.user.id);
    return this.deeds.can("moderate") ? [...others, { id: "", display_name: "all" }] : others;
  }
}

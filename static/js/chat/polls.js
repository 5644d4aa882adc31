/** What this person does with polls, and the line that says one is open. */

import { html, nothing, render } from "lit";
import { toastError } from "../components/toast.js";
import { t } from "../lib/words.js";
import { glyph } from "../room/ui.js";
import { masked } from "./text.js";

/** @typedef {import("../room/types.js").Ctx} Ctx */
/** @typedef {import("../room/types.js").Message} Message */
/** @typedef {import("./poll.js").Ballot} Ballot */

export class Polls {
  /** What was chosen on this page and the server has not told yet, by poll. @type {Map<string, number[]>} */
  #chosen = new Map();

  /**
   * @param {HTMLElement} line
   * @param {Ctx} ctx
   * @param {{goTo: (id: string) => void, voted: (id: string) => void, veils: (message: Pick<Message, "id" | "kind" | "item_id" | "media_time" | "author">) => boolean}} on
   */
  constructor(line, ctx, on) {
    this.line = line;
    this.ctx = ctx;
    this.on = on;
    const { room, signal } = ctx;
    room.subscribe((now, before) => {
      if (now.votes !== before.votes) this.#told(now.votes, before.votes);
      if (now.polls !== before.polls) this.draw();
    }, signal);
    this.draw();
  }

  /** What was chosen here, or on another page of this person. @param {Record<string, number[]>} now @param {Record<string, number[]>} before */
  #told(now, before) {
    const ids = new Set([...Object.keys(now), ...Object.keys(before), ...this.#chosen.keys()]);
    for (const id of ids) {
      if (now[id] === before[id]) continue;
      this.#chosen.delete(id);
      this.on.voted(id);
    }
    this.draw();
  }

  /** @param {string} id */
  chosen = (id) => this.#chosen.get(id) ?? this.ctx.room.value.votes[id] ?? [];

  /** @returns {Ballot} */
  get ballot() {
    const { remote, room } = this.ctx;
    const me = room.value.me.user.id;
    return {
      chosen: this.chosen,
      choose: remote.can("chat") ? (id, option) => void this.#choose(id, option) : null,
      mayClose: ({ author }) => remote.can("chat") && (author?.id === me || remote.can("moderate")),
      close: (id) => void this.#tell({ type: "poll:close", id }),
    };
  }

  /** @param {string} id @param {number} option chosen already: not any more */
  async #choose(id, option) {
    const before = this.chosen(id);
    const others = before.filter((one) => one !== option);
    const multiple = this.ctx.room.value.polls.find((one) => one.id === id)?.multiple;
    const fresh = before.includes(option) ? [] : [option];
    const options = multiple ? [...others, ...fresh] : fresh;
    this.#keep(id, options);
    const answer = await this.#tell({ type: "poll:vote", id, options });
    this.#keep(id, answer ? answer.options : before);
  }

  /** @param {string} id @param {number[]} options */
  #keep(id, options) {
    this.#chosen.set(id, options);
    this.on.voted(id);
    this.draw();
  }

  /** @param {import("../room/types.js").Frame} frame */
  async #tell(frame) {
    try {
      return await this.ctx.link.request(frame);
    } catch (error) {
      toastError(error);
      return null;
    }
  }

  /** What is asked further on in the film is not told here. @param {import("../room/types.js").OpenPoll} poll */
  #words({ id, question, author_id, item_id, media_time }) {
    const author = author_id ? { id: author_id, display_name: "" } : null;
    const veiled = this.on.veils({ id, kind: "text", item_id, media_time, author });
    return veiled ? t("Asked further on in the film") : masked(question);
  }

  /** The newest one that waits for this person's vote. */
  draw() {
    const { me, room } = this.ctx;
    const open = room.value.polls.findLast(
      ({ id, author_id }) => !this.chosen(id).length && !me.isHidden(author_id ?? ""),
    );
    this.line.hidden = !open;
    const words = open ? this.#words(open) : "";
    render(
      open
        ? html`<button class="pinline" type="button" @click=${() => this.on.goTo(open.id)}>${glyph("hand")}<span class="ellipsis" dir="auto">${words}</span><b class="poll-call">${t("Vote")}</b></button>`
        : nothing,
      this.line,
    );
  }
}

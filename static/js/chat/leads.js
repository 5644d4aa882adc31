/** What stands over the log and leads to messages in it: pins, open polls, the search. */

import { need } from "../lib/dom.js";
import { Pins } from "./pins.js";
import { Polls } from "./polls.js";
import { Search } from "./search.js";

/** @typedef {import("../room/types.js").Ctx} Ctx */
/** @typedef {import("../room/types.js").Message} Message */

export class Leads {
  /**
   * @param {Ctx} ctx
   * @param {HTMLElement} side
   * @param {object} on
   * @param {(id: string) => void} on.goTo
   * @param {(message: Message) => void} on.unpin
   * @param {(id: string) => void} on.voted this person, on this poll
   * @param {import("./guard.js").Guard["veils"]} on.veils
   * @param {import("./guard.js").Guard["known"]} on.known
   */
  constructor(ctx, side, { goTo, unpin, voted, veils, known }) {
    const { api, me, room, signal } = ctx;
    this.pins = new Pins(need("[data-chat-pins]", side), ctx, { goTo, unpin, veils });
    this.polls = new Polls(need("[data-chat-polls]", side), ctx, { goTo, voted, veils });
    this.search = new Search(
      need("[data-chat-search]", side),
      need("[data-search-open]", side),
      {
        ask: (words, before, limit) => api.search(words, before, { limit, ...known() }, signal),
        goTo,
        tells: (message) => !veils(message) && !me.isHidden(message.author?.id ?? ""),
        waits: () => room.value.timeline.item_id !== null,
      },
      signal,
    );
  }

  draw() {
    this.pins.draw();
    this.polls.draw();
    this.search.draw();
  }
}

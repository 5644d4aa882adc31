/** Does what commands ask for, by the frames and calls that buttons use too. */

import { html } from "lit";
import { t } from "../lib/words.js";
import { remove } from "../room/managing.js";
import { CommandError, commandsFor, read } from "./commands.js";
import { newNonce } from "./outbox.js";
import { sheet } from "./sheets.js";

/** @typedef {import("../room/types.js").Ctx} Ctx */
/** @typedef {import("./command-list.js").Act} Act */

export class Orders {
  /**
   * @param {Ctx} ctx
   * @param {object} on
   * @param {(body: string, style?: "me" | "roll") => void} on.say
   * @param {() => number | null} on.filmTime
   * @param {(body: string, reason: string) => void} on.refused
   */
  constructor(ctx, { say, filmTime, refused }) {
    this.ctx = ctx;
    this.say = say;
    this.filmTime = filmTime;
    this.refused = refused;
  }

  /**
   * Takes words that are a command.
   * @param {string} body
   * @returns {boolean} whether they were, also where it was refused
   */
  take(body) {
    try {
      const act = this.#read(body);
      if (act) void this.#do(act).catch((error) => this.refused(body, error.message));
      return act !== null;
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      this.refused(body, error.message);
      return true;
    }
  }

  /** @param {string} body */
  #read(body) {
    const { room, remote } = this.ctx;
    const { me, members } = room.value;
    return read(body, {
      people: members.map(({ user }) => user).filter(({ id }) => id !== me.user.id),
      atS: this.filmTime(),
      can: (capability) => (capability === "control" ? remote.allowed : remote.can(capability)),
      holders: (capability) => this.#holders(capability),
    });
  }

  /** Who can let somebody: the people here, or the role. @param {string} capability */
  #holders(capability) {
    const { members, me } = this.ctx.room.value;
    const able = capability === "control" ? "control" : "moderate";
    const names = members
      .filter(({ user, capabilities }) => user.id !== me.user.id && capabilities.includes(able))
      .map(({ user }) => user.display_name);
    return names[0] ?? t("the host");
  }

  /** @param {Act} act @returns {Promise<unknown>} */
  async #do(act) {
    const { api, link, remote, views } = this.ctx;
    const request = (/** @type {import("../room/types.js").Frame} */ frame) => link.request(frame);
    switch (act.do) {
      case "say":
        return this.say(act.body, act.style);
      case "seek":
        return remote.seek(act.atS);
      case "rate":
        return remote.do("rate", act.rate);
      case "poll":
        return request(this.#poll(act));
      case "kick":
        return remove(api, { user: act.person }); // asks first
      case "mute":
        return api.setRights(act.person.id, { chat: { allowed: false, for_s: act.forS } });
      case "smute":
        return this.#shadowMute(act);
      case "slow":
        return api.update({ slow_mode_s: act.everyS });
      case "clear":
        return request({
          type: "chat:clear",
          ...("person" in act ? { user_id: act.person.id } : { count: act.count }),
        });
      case "away":
        return request({ type: "room:away", away: true });
      case "invite":
        return views.open("invite");
      default:
        return this.#help();
    }
  }

  /** @param {{person: import("../room/types.js").Person, forS: number | null, reason: string}} act */
  async #shadowMute({ person, forS, reason }) {
    const { shadowMute } = await import("../room/moderation/shadow.js");
    await shadowMute(this.ctx, person, { reason, ...(forS === null ? {} : { for_s: forS }) });
  }

  /** @param {{question: string, options: string[], multiple: boolean}} act */
  #poll({ question, options, multiple }) {
    const atS = this.filmTime();
    return {
      type: "poll:open",
      question,
      options,
      multiple,
      nonce: newNonce(),
      ...(atS === null ? {} : { media_time: Math.round(atS * 10) / 10 }),
    };
  }

  #help() {
    const { remote } = this.ctx;
    const can = (/** @type {string} */ one) =>
      one === "control" ? remote.allowed : remote.can(one);
    const rows = commandsFor(can).map(
      ({ name, takes, does }) => html`<dt><b>/${name}</b> ${takes()}</dt><dd>${does()}</dd>`,
    );
    sheet(
      t("Commands"),
      html`<dl class="commands">${rows}</dl><p class="dim">${t("Two // say words that begin with a /.")}</p>`,
    );
  }
}

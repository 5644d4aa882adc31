/**
 * Getting an item of the queue playable: asking for its address, opening a player, staying allowed.
 * @module
 */
import { t } from "../lib/words.js";
import { REPORT } from "./settings.js";
import { NO_TROUBLE } from "./trouble.js";

/** @typedef {import('./types.js').Grant} Grant */
/** @typedef {import('./types.js').Player} Player */
/** @typedef {{player: Player, profile: import('./settings.js').Profile}} Opened */
/** @typedef {(kind: string, grant: Grant) => Promise<Opened>} OpenPlayer */
/** @typedef {{itemId: string, kind: string, startS: () => number}} Wanted */

export class ItemLoader {
  #grant;
  #openPlayer;
  #timers;
  #serverMs;
  #events;
  /** @type {Player|null} */
  #player = null;
  /** Each opening has a number: an answer to an older one is ignored. */
  #turn = 0;
  /** @type {(() => void)|null} */
  #cancelWait = null;

  /**
   * @param {object} parts
   * @param {(itemId: string) => Promise<Grant>} parts.grant
   * @param {OpenPlayer} parts.openPlayer
   * @param {import('./types.js').Timers} parts.timers
   * @param {() => number} parts.serverMs
   * @param {{emit: (type: string, detail?: any) => void}} parts.events
   */
  constructor({ grant, openPlayer, timers, serverMs, events }) {
    this.#grant = grant;
    this.#openPlayer = openPlayer;
    this.#timers = timers;
    this.#serverMs = serverMs;
    this.#events = events;
  }

  /**
   * Tries until it works or something else is wanted.
   * @param {Wanted} wanted
   * @param {(opened: Opened, grant: Grant) => void} done
   */
  open(wanted, done) {
    this.close();
    this.#attempt(wanted, done, this.#turn);
  }

  close() {
    this.#turn += 1;
    this.#cancelWait?.();
    this.#cancelWait = null;
    this.#player?.destroy();
    this.#player = null;
  }

  /**
   * @param {Wanted} wanted
   * @param {(opened: Opened, grant: Grant) => void} done
   * @param {number} turn
   */
  async #attempt(wanted, done, turn) {
    try {
      const grant = await this.#grant(wanted.itemId);
      if (turn !== this.#turn) return;
      const opened = await this.#openPlayer(wanted.kind, grant);
      if (turn !== this.#turn) return opened.player.destroy();
      this.#player = opened.player;
      opened.player.on("expired", () => this.#renew(wanted.itemId, grant, turn));
      this.#events.emit("grant", { itemId: wanted.itemId, grant });
      done(opened, grant);
      this.#renewInTime(wanted.itemId, grant, turn);
      await opened.player.load({
        url: addressOf(grant),
        startS: wanted.startS(),
        durationS: grant.duration ?? null,
      });
      if (turn === this.#turn) this.#events.emit("trouble", NO_TROUBLE);
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#events.emit("trouble", unavailable(error));
      this.#cancelWait = this.#timers.after(REPORT.grantRetryMs, () => this.open(wanted, done));
    }
  }

  /**
   * Signed addresses end: ask anew in time and go on from the fresh one.
   * @param {string} itemId
   * @param {Grant} grant
   * @param {number} turn
   */
  #renewInTime(itemId, grant, turn) {
    const endsMs = expiryMs(grant);
    if (endsMs === null) return;
    this.#cancelWait?.();
    const waitMs = Math.max(endsMs - REPORT.grantAheadMs - this.#serverMs(), REPORT.grantRetryMs);
    this.#cancelWait = this.#timers.after(waitMs, () => this.#renew(itemId, grant, turn));
  }

  /**
   * @param {string} itemId
   * @param {Grant} old
   * @param {number} turn
   */
  async #renew(itemId, old, turn) {
    const grant = await this.#grant(itemId).catch(() => null);
    if (turn !== this.#turn) return;
    if (grant) this.#player?.renew(addressOf(grant));
    this.#renewInTime(itemId, grant ?? old, turn);
  }
}

/** @param {Grant} grant */
export function addressOf(grant) {
  const url = grant.hls ?? grant.url;
  if (!url) throw new Error(t("This film has no address to play from yet."));
  return url;
}

/**
 * Server ms, from an ISO date, seconds or ms.
 * @param {Grant} grant
 * @returns {number|null}
 */
export function expiryMs({ expires_at: at }) {
  if (at === null || at === undefined) return null;
  const ms = typeof at === "number" ? at * (at < 1e11 ? 1000 : 1) : Date.parse(at);
  return Number.isFinite(ms) ? ms : null;
}

/** @param {unknown} error */
function unavailable(error) {
  const message = error instanceof Error ? error.message : "";
  return {
    code: "item_unavailable",
    message: message || t("This film cannot be played right now."),
  };
}

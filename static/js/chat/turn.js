/** When one may write: not while muted, and in slow mode when one's turn has come. */

import { clock } from "../lib/format.js";
import { t } from "../lib/words.js";

/** @typedef {import("../room/types.js").Ctx} Ctx */
/** @typedef {import("../room/types.js").RoomState} RoomState */
/** @typedef {{words: string, untilMs: number | null}} Waiting `untilMs`: server time; null: nobody knows */

/**
 * What stands between a person and their next message; null: nothing.
 * @param {Pick<RoomState, "room" | "me" | "messages">} state
 * @param {number} nowMs server time
 * @returns {Waiting | null}
 */
export function waitingOf({ room, me, messages }, nowMs) {
  if (!me.capabilities.includes("chat")) {
    const mute = me.rights?.find(({ capability, allowed }) => capability === "chat" && !allowed);
    return { words: t("You cannot write here for now."), untilMs: mute?.until ?? null };
  }
  const slowMs = (room.slow_mode_s ?? 0) * 1000;
  if (!slowMs || me.capabilities.includes("moderate")) return null;
  const last = messages.findLast(
    ({ kind, author }) => kind !== "system" && author?.id === me.user.id,
  );
  const untilMs = last ? Date.parse(last.created_at) + slowMs : 0;
  return untilMs > nowMs ? { words: t("Slow mode: your next message in"), untilMs } : null;
}

/** @param {Waiting} waiting @param {number} nowMs */
export const leftOf = ({ untilMs }, nowMs) =>
  untilMs === null ? "" : clock(Math.max(0, Math.ceil((untilMs - nowMs) / 1000)));

export class Turn {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {Ctx} ctx
   * @param {(words: string, left: string) => void} tell no words: one may write
   */
  constructor({ room, conductor, signal }, tell) {
    this.room = room;
    this.now = () => conductor.clock.now();
    this.tell = tell;
    room.subscribe(() => this.#look(), signal);
    signal.addEventListener("abort", () => clearTimeout(this.#timer), { once: true });
    this.#look();
  }

  /** Whether the room takes no message now. */
  get waits() {
    return waitingOf(this.room.value, this.now()) !== null;
  }

  #look() {
    clearTimeout(this.#timer);
    const nowMs = this.now();
    const waiting = waitingOf(this.room.value, nowMs);
    this.tell(waiting?.words ?? "", waiting ? leftOf(waiting, nowMs) : "");
    if (waiting && waiting.untilMs !== null && waiting.untilMs > nowMs)
      this.#timer = setTimeout(() => this.#look(), ((waiting.untilMs - nowMs) % 1000) + 20);
  }
}

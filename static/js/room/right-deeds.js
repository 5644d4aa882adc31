/** Who gave or took what, as lines of the history: a whole sentence each. Pure. */

import { length } from "../lib/format.js";
import { t, tp } from "../lib/words.js";
import { hour, ICONS } from "./rights-words.js";

/** @typedef {import("./types.js").Part} Part */
/** @typedef {Record<string, any>} Facts */
/** @typedef {{who: {b: string}, name: {b: string}}} Names */

/** By capability: given and taken, by another and by oneself. @type {Record<string, ((names: Names) => Part[])[]>} */
const DEEDS = {
  control: [
    (names) => tp("{who} gave {name} the remote", names),
    (names) => tp("{who} took the remote from {name}", names),
    (names) => tp("You gave {name} the remote", names),
    (names) => tp("You took the remote from {name}", names),
  ],
  queue: [
    (names) => tp("{who} let {name} change the queue", names),
    (names) => tp("{who} took the queue from {name}", names),
    (names) => tp("You let {name} change the queue", names),
    (names) => tp("You took the queue from {name}", names),
  ],
  chat: [
    (names) => tp("{who} let {name} write in the chat", names),
    (names) => tp("{who} muted {name} in the chat", names),
    (names) => tp("You let {name} write in the chat", names),
    (names) => tp("You muted {name} in the chat", names),
  ],
  voice: [
    (names) => tp("{who} let {name} talk", names),
    (names) => tp("{who} muted {name} in voice", names),
    (names) => tp("You let {name} talk", names),
    (names) => tp("You muted {name} in voice", names),
  ],
  invite: [
    (names) => tp("{who} let {name} invite people", names),
    (names) => tp("{who} took the invites from {name}", names),
    (names) => tp("You let {name} invite people", names),
    (names) => tp("You took the invites from {name}", names),
  ],
  moderate: [
    (names) => tp("{who} let {name} look after people", names),
    (names) => tp("{who} no longer lets {name} look after people", names),
    (names) => tp("You let {name} look after people", names),
    (names) => tp("You no longer let {name} look after people", names),
  ],
  settings: [
    (names) => tp("{who} let {name} change the room", names),
    (names) => tp("{who} no longer lets {name} change the room", names),
    (names) => tp("You let {name} change the room", names),
    (names) => tp("You no longer let {name} change the room", names),
  ],
};

/** What is lent has a length, and a mute an hour. @type {Record<string, ((names: Names & {end: string}) => Part[])[]>} */
const TIMED = {
  "control true": [
    (names) => tp("{who} gave {name} the remote for {end}", names),
    (names) => tp("You gave {name} the remote for {end}", names),
  ],
  "chat false": [
    (names) => tp("{who} muted {name} in the chat until {end}", names),
    (names) => tp("You muted {name} in the chat until {end}", names),
  ],
};

/**
 * A line of the history: who gave or took what, and until when.
 * @param {Facts} facts
 * @param {{b: string} | null} who null is oneself
 * @returns {{icon: string, parts: Part[]}}
 */
export function rightDeed({ display_name, capability, allowed, until, for_s }, who) {
  const names = { who: who ?? { b: "" }, name: { b: display_name } };
  const icon = (ICONS[capability] ?? ["key", "lock"])[allowed ? 0 : 1];
  const timed = until && TIMED[`${capability} ${allowed}`];
  if (timed) {
    const end = allowed ? length(for_s) : hour(until);
    return { icon, parts: timed[who ? 0 : 1]({ ...names, end }) };
  }
  const said = DEEDS[capability][(allowed ? 0 : 1) + (who ? 0 : 2)](names);
  const end = until ? [" · ", t("until {time}", { time: hour(until) })] : [];
  return { icon, parts: [...said, ...end] };
}

/** What a screen reader is told of new messages: author and words, a burst in one sentence. */

import { h } from "../lib/dom.js";
import { clock } from "../lib/format.js";
import { list, t, tc, tn } from "../lib/words.js";
import { lineOf } from "../room/words.js";
import { masked } from "./text.js";

/** @typedef {import("../room/types.js").Message} Message */

/** So long it gathers before it speaks: a burst is told once. */
const GATHER_MS = 1_200;
/** More than this at once are counted, not read. */
const READ_OUT = 3;
const LONGEST = 280;

/** @param {string} body */
const short = (body) => {
  const signs = [...body];
  return signs.length > LONGEST ? `${signs.slice(0, LONGEST).join("")}…` : body;
};

/** @param {Message} message */
function wordsOf({ body, poll }) {
  const words = short(masked(body));
  return poll ? t("a poll: {question}", { question: words }) : words;
}

/**
 * @param {Message} message
 * @param {string} me whose screen this is
 */
export function spoken(message, me) {
  if (message.kind === "system")
    return lineOf(message, me)
      .parts.map((part) => {
        if (typeof part === "string") return part;
        return "b" in part ? part.b : clock(part.time);
      })
      .join("");
  const name = message.author?.display_name ?? t("Someone who left");
  const words = message.veiled ? t("said further on in the film") : wordsOf(message);
  return message.media_time === null
    ? `${name}: ${words}`
    : t("{name}, at {time}: {words}", { name, time: clock(message.media_time), words });
}

/**
 * @param {Message[]} messages
 * @param {string} me
 * @returns {string[]} sentences
 */
export function spokenTogether(messages, me) {
  if (messages.length <= READ_OUT) return messages.map((message) => spoken(message, me));
  const said = messages.filter(({ kind }) => kind === "text");
  if (!said.length) return messages.slice(-READ_OUT).map((message) => spoken(message, me));
  const names = [
    ...new Set(said.map(({ author }) => author?.display_name ?? tc("from", "someone"))),
  ];
  const from =
    names.length > 2
      ? t("{first}, {second} and others", { first: names[0], second: names[1] })
      : list(names);
  const last = spoken(/** @type {Message} */ (said.at(-1)), me);
  return [
    tn("{n} new message from {names}.", "{n} new messages from {names}.", said.length, {
      names: from,
    }),
    t("The last one: {message}", { message: last }),
  ];
}

export class Spoken {
  /** @type {Message[]} */
  #heard = [];
  /** @type {string[]} */
  #sentences = [];
  /** @type {any} */
  #timer = null;

  /**
   * @param {Element} region a polite live region nobody sees
   * @param {() => string} me
   * @param {AbortSignal} signal
   */
  constructor(region, me, signal) {
    this.region = region;
    this.me = me;
    signal.addEventListener("abort", () => clearTimeout(this.#timer), { once: true });
  }

  /** Of others: who writes hears their own words already. @param {Message} message */
  hear(message) {
    this.#heard.push(message);
    this.#timer ??= setTimeout(() => this.#speak(), GATHER_MS);
  }

  /** Something that happened to what was said. @param {string} sentence */
  say(sentence) {
    this.#sentences.push(sentence);
    this.#timer ??= setTimeout(() => this.#speak(), GATHER_MS);
  }

  #speak() {
    this.#timer = null;
    const heard = this.#heard.splice(0);
    const sentences = [...spokenTogether(heard, this.me()), ...this.#sentences.splice(0)];
    this.region.replaceChildren(...sentences.map((one) => h("p", {}, one)));
  }
}

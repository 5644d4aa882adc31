/** Draws a poll in the log: its options as buttons with bars, how many chose what, how it ends. */

import { html, nothing } from "lit";
import { region } from "../lib/format.js";
import { t, tn } from "../lib/words.js";
import { glyph } from "../room/ui.js";

/** @typedef {import("../room/types.js").Message} Message */
/** @typedef {import("../room/types.js").Poll} Poll */
/**
 * @typedef {object} Ballot what a person can do with polls
 * @property {(id: string) => number[]} chosen the options they chose
 * @property {((id: string, option: number) => void) | null} choose or no more; null where they may not
 * @property {(message: Message) => boolean} mayClose
 * @property {(id: string) => void} close
 */

const hours = new Intl.DateTimeFormat(region(), { hour: "numeric", minute: "2-digit" });

/**
 * The option most people chose; none where nobody voted or two share the first place.
 * @param {Pick<Poll, "options" | "counts">} poll
 * @returns {number} -1: none
 */
export function leading({ counts }) {
  const most = Math.max(0, ...counts);
  const first = counts.indexOf(most);
  return most > 0 && counts.lastIndexOf(most) === first ? first : -1;
}

/**
 * How a poll ended, in a sentence.
 * @param {string} question
 * @param {Poll} poll
 */
export function resultWords(question, poll) {
  const at = leading(poll);
  return at < 0
    ? t("The poll “{question}” is closed, without a winner.", { question })
    : t("The poll “{question}” is closed: {option}, {n} of {voters}.", {
        question,
        option: poll.options[at],
        n: poll.counts[at],
        voters: poll.voters,
      });
}

/** @param {Poll} poll */
function endWords({ closed_at, closes_at, multiple }) {
  if (closed_at) return t("Closed");
  if (closes_at) return t("Ends at {time}", { time: hours.format(new Date(closes_at)) });
  return multiple ? t("Several may be chosen") : "";
}

/**
 * @param {Message & {poll: Poll}} message
 * @param {Ballot} ballot
 */
export function pollOf(message, ballot) {
  const { id, poll } = message;
  const chosen = ballot.chosen(id);
  const best = leading(poll);
  const { choose } = ballot;
  const option = (/** @type {string} */ words, /** @type {number} */ at) => {
    const mine = chosen.includes(at);
    const count = poll.counts[at];
    const inside = html`<span class="poll-words" dir="auto" aria-hidden="true">${mine ? glyph("check") : nothing}${words}</span><b class="num" aria-hidden="true">${count}</b><progress class="poll-bar" max=${Math.max(1, poll.voters)} .value=${count} aria-hidden="true"></progress>`;
    const label = tn("{option}, {n} vote", "{option}, {n} votes", count, { option: words });
    const look = `poll-option ${mine ? "is-mine" : ""} ${at === best ? "is-first" : ""}`;
    if (poll.closed_at || !choose)
      return html`<li class=${look}><span class="sr">${label}${mine ? `, ${t("your choice")}` : ""}</span>${inside}</li>`;
    return html`<li><button class=${look} type="button" aria-pressed=${String(mine)} @click=${() => choose(id, at)}><span class="sr">${label}</span>${inside}</button></li>`;
  };
  const voters = tn("{n} person voted", "{n} people voted", poll.voters);
  const end = endWords(poll);
  return html`<ul class="poll" aria-label=${t("Options")}>${poll.options.map(option)}</ul><p class="poll-foot"><span>${poll.voters ? voters : t("Nobody voted yet")}${end ? ` · ${end}` : ""}</span>${
    !poll.closed_at && ballot.mayClose(message)
      ? html`<button type="button" @click=${() => ballot.close(id)}>${t("Close the poll")}</button>`
      : nothing
  }</p>`;
}

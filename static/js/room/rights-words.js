/** Rights in words: what each is, who has or lacks it, how long still, and what became of one's own. Pure. */

import { length } from "../lib/format.js";
import { lang, t } from "../lib/words.js";
import { leftText, rightFor } from "./rights.js";

/** @typedef {import("./types.js").Right} Right */
/** @typedef {import("./types.js").Member} Member */

/** @type {Record<string, () => string>} */
const NAMES = {
  control: () => t("Play, pause and seek"),
  queue: () => t("Change the queue"),
  chat: () => t("Write in the chat"),
  voice: () => t("Talk"),
  invite: () => t("Invite people"),
  moderate: () => t("Look after people"),
  settings: () => t("Change the room"),
};

/** @param {string} capability */
export const capabilityText = (capability) => NAMES[capability]?.() ?? capability;

/** @type {Record<string, [given: () => string, taken: () => string]>} */
const SIGNS = {
  control: [() => t("Remote"), () => t("No remote")],
  queue: [() => t("May change the queue"), () => t("Queue closed")],
  chat: [() => t("May write"), () => t("Muted in the chat")],
  voice: [() => t("May talk"), () => t("Muted in voice")],
  invite: [() => t("May invite"), () => t("May not invite")],
  moderate: [() => t("Looks after people"), () => t("May not look after people")],
  settings: [() => t("May change the room"), () => t("May not change the room")],
};
/** @type {Record<string, [given: string, taken: string]>} */
export const ICONS = {
  control: ["remote", "lock"],
  chat: ["chat", "lock"],
  voice: ["mic", "mic-off"],
};

/**
 * A right as a sign: an icon, words, and the time that is left.
 * @param {Right} right
 * @param {number} nowMs server time
 */
export function signOf(right, nowMs) {
  const which = right.allowed ? 0 : 1;
  return {
    icon: (ICONS[right.capability] ?? ["key", "lock"])[which],
    words: right.stands_in ? t("Stands in") : SIGNS[right.capability][which](),
    left: leftText(right, nowMs),
  };
}

/** @param {number} untilMs */
export const hour = (untilMs) =>
  new Intl.DateTimeFormat(lang(), { hour: "numeric", minute: "2-digit" }).format(untilMs);

/** @type {Record<string, [can: () => string, cannot: () => string]>} */
const OWN = {
  control: [() => t("You have the remote"), () => t("The remote was taken back")],
  queue: [() => t("You may change the queue now"), () => t("You may not change the queue now")],
  chat: [() => t("You can write again"), () => t("You are muted in the chat")],
  voice: [() => t("You can talk again"), () => t("You are muted in voice")],
  invite: [() => t("You may invite people now"), () => t("You may not invite people now")],
  moderate: [() => t("You look after people now"), () => t("You do not look after people now")],
  settings: [() => t("You may change the room now"), () => t("You may not change the room now")],
};

/**
 * What a person hears about one of their own rights, in a sentence.
 * @param {string} capability
 * @param {Right | undefined} before
 * @param {Member} me as they are now
 * @param {number} nowMs server time
 * @param {string} giver who gave it, "" where nobody is known
 */
function newsOf(capability, before, me, nowMs, giver) {
  const right = rightFor(me, capability);
  const can = me.capabilities.includes(capability);
  if (right?.stands_in) return t("The host is gone: you have the remote until they are back");
  if (before?.stands_in && !can) return t("The host is back and has the remote again");
  if (capability === "control" && right?.allowed) return gaveRemote(right, nowMs, giver);
  if (capability === "chat" && right?.until)
    return t("You are muted in the chat until {time}", { time: hour(right.until) });
  const over = !right && before?.until && before.until <= nowMs;
  if (capability === "control" && over && !can) return t("Your time with the remote is over");
  return OWN[capability][can ? 0 : 1]();
}

/** @param {Right} right @param {number} nowMs @param {string} giver */
function gaveRemote({ until }, nowMs, giver) {
  if (!giver) return t("You have the remote");
  if (until === null) return t("{who} gave you the remote", { who: giver });
  const span = length((until - nowMs) / 1000);
  return t("{who} gave you the remote for {span}", { who: giver, span });
}

/**
 * @param {Member} before
 * @param {Member} me
 * @param {number} nowMs server time
 * @param {(userId: string | null) => string} nameOf
 * @returns {{icon: string, words: string}[]} what changed for oneself
 */
export function ownNews(before, me, nowMs, nameOf) {
  const changed = Object.keys(NAMES).filter((capability) => {
    const [was, is] = [rightFor(before, capability), rightFor(me, capability)];
    return was?.allowed !== is?.allowed || was?.until !== is?.until;
  });
  return changed.map((one) => {
    const by = rightFor(me, one)?.by ?? null;
    const words = newsOf(one, rightFor(before, one), me, nowMs, by ? nameOf(by) : "");
    return { words, icon: (ICONS[one] ?? ["key", "lock"])[me.capabilities.includes(one) ? 0 : 1] };
  });
}

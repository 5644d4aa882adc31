/** What moderators did, and what people report, in words. Pure. */

import { region } from "../../lib/format.js";
import { t, tn, tp } from "../../lib/words.js";
import { capabilityText } from "../rights-words.js";
import { roleText } from "../words.js";

/** @typedef {import("./calls.js").Measure} Measure */
/** @typedef {import("../types.js").Part} Part */
/** @typedef {{who: {b: string}, name: {b: string}, facts: Record<string, any>}} Told */

/** @type {Record<string, [icon: string, sentence: (told: Told) => Part[]]>} */
const DONE = {
  kick: ["leave", ({ who, name }) => tp("{who} removed {name}", { who, name })],
  ban: ["lock", ({ who, name, facts }) => bannedText(who, name, facts.until)],
  unban: ["check", ({ who, name }) => tp("{who} lifted the ban on {name}", { who, name })],
  role: [
    "crown",
    ({ who, name, facts }) =>
      tp("{who} changed what {name} is: {role}", { who, name, role: roleText(facts.role) }),
  ],
  right: ["key", ({ who, name, facts }) => rightWords(who, name, facts)],
  delete: ["trash", ({ who, name }) => tp("{who} deleted a message of {name}", { who, name })],
  clear: ["trash", ({ who, name, facts }) => clearedText(who, name, facts.count)],
  order: ["settings", ({ who }) => tp("{who} changed how the room keeps order", { who })],
  filters: ["eye-off", ({ who }) => tp("{who} changed what the chat keeps out", { who })],
  report: ["flag", ({ who, name, facts }) => settledText(who, name, facts.state)],
  admit: ["people", ({ who, name }) => tp("{who} let {name} in", { who, name })],
  decline: ["lock", ({ who, name }) => tp("{who} did not let {name} in", { who, name })],
  shadow_mute: ["eye-off", ({ who, name, facts }) => shadowText(who, name, facts.until)],
  shadow_unmute: [
    "eye",
    ({ who, name }) => tp("{who} ended the shadow mute of {name}", { who, name }),
  ],
  release: [
    "chat",
    ({ who, name }) => tp("{who} showed everybody a message of {name}", { who, name }),
  ],
  emote: ["smile", ({ who }) => tp("{who} removed an emote", { who })],
  evening: ["clock", ({ who }) => tp("{who} called an evening off", { who })],
  close: ["lock", ({ who }) => tp("{who} closed the room", { who })],
  announce: ["info", ({ who }) => tp("{who} said something to everybody", { who })],
};

/**
 * @param {Measure} measure
 * @returns {{icon: string, parts: Part[]}}
 */
export function measureText({ action, by, person, facts }) {
  const who = { b: by?.display_name ?? t("Someone who left") };
  const name = { b: person?.display_name ?? "" };
  const known = DONE[action];
  if (!known) return { icon: "info", parts: [who, `: ${action}`] };
  return { icon: known[0], parts: known[1]({ who, name, facts }) };
}

/** @param {Told["who"]} who @param {Told["name"]} name @param {string | null} until */
const bannedText = (who, name, until) =>
  until
    ? tp("{who} banned {name} until {when}", { who, name, when: moment(until) })
    : tp("{who} banned {name}", { who, name });

/** @param {Told["who"]} who @param {Told["name"]} name @param {string | null} until */
const shadowText = (who, name, until) =>
  until
    ? tp("{who} shadow-muted {name} until {when}", { who, name, when: moment(until) })
    : tp("{who} shadow-muted {name}", { who, name });

/** @param {Told["who"]} who @param {Told["name"]} name @param {Record<string, any>} facts */
function rightWords(who, name, { capability, allowed }) {
  const right = capabilityText(capability);
  if (allowed === null)
    return tp("{who} ended what held for {name}: {right}", { who, name, right });
  return allowed
    ? tp("{who} gave {name} a right: {right}", { who, name, right })
    : tp("{who} took a right from {name}: {right}", { who, name, right });
}

/** @param {Told["who"]} who @param {Told["name"]} name @param {number} n */
function clearedText(who, name, n) {
  const count = tn("{n} message", "{n} messages", n);
  return name.b
    ? tp("{who} cleared {count} of {name}", { who, count, name })
    : tp("{who} cleared {count}", { who, count });
}

/** @param {Told["who"]} who @param {Told["name"]} name @param {string} state */
function settledText(who, name, state) {
  if (state === "taken") return tp("{who} looks at a report about {name}", { who, name });
  return state === "done"
    ? tp("{who} settled a report about {name}", { who, name })
    : tp("{who} dismissed a report about {name}", { who, name });
}

/** A day and an hour. @param {string} iso */
export const moment = (iso) =>
  new Intl.DateTimeFormat(region(), { dateStyle: "medium", timeStyle: "short" }).format(
    new Date(iso),
  );

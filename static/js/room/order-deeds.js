/** Who kept order in the room, and how, as whole sentences: never why. Pure. */

import { length } from "../lib/format.js";
import { t, tn, tp } from "../lib/words.js";

/** @typedef {import("./types.js").Part} Part */
/** @typedef {Record<string, any>} Facts what the server tells of a deed */
/**
 * @typedef {{b: string} | null} Who the doer's name; null is oneself
 * @typedef {{icon: string, parts: Part[]}} Sentence
 */

/** @param {Facts} facts */
const messages = ({ count }) => tn("{n} message", "{n} messages", count);

/** @type {Record<string, (facts: Facts, who: Who) => Sentence>} */
export const ORDER_DEEDS = {
  banned: ({ display_name }, who) => {
    const name = { b: display_name };
    const parts = who
      ? tp("{who} banned {name}", { who, name })
      : tp("You banned {name}", { name });
    return { icon: "leave", parts };
  },
  unbanned: ({ display_name }, who) => {
    const name = { b: display_name };
    const parts = who
      ? tp("{who} lifted the ban on {name}", { who, name })
      : tp("You lifted the ban on {name}", { name });
    return { icon: "check", parts };
  },
  cleared: (facts, who) => {
    const count = messages(facts);
    const icon = "trash";
    if (!facts.display_name)
      return {
        icon,
        parts: who
          ? tp("{who} cleared {count}", { who, count })
          : tp("You cleared {count}", { count }),
      };
    const name = { b: facts.display_name };
    const parts = who
      ? tp("{who} cleared {count} of {name}", { who, count, name })
      : tp("You cleared {count} of {name}", { count, name });
    return { icon, parts };
  },
  slow_mode: ({ value }, who) => {
    const time = length(value);
    const on = who
      ? tp("{who} turned slow mode on: a message every {time}", { who, time })
      : tp("You turned slow mode on: a message every {time}", { time });
    const off = who ? tp("{who} turned slow mode off", { who }) : [t("You turned slow mode off")];
    return { icon: "clock", parts: value ? on : off };
  },
  new_guests: ({ value }, who) => {
    const time = length(value);
    const later = who
      ? tp("{who} lets new guests write after {time}", { who, time })
      : tp("You let new guests write after {time}", { time });
    const now = who
      ? tp("{who} lets new guests write at once", { who })
      : [t("You let new guests write at once")];
    return { icon: "clock", parts: value ? later : now };
  },
  locked_in: ({ value }, who) => {
    const shut = who
      ? tp("{who} closed the room to newcomers", { who })
      : [t("You closed the room to newcomers")];
    const open = who
      ? tp("{who} opened the room to newcomers", { who })
      : [t("You opened the room to newcomers")];
    return { icon: value ? "lock" : "people", parts: value ? shut : open };
  },
  filters: (_, who) => ({
    icon: "eye-off",
    parts: who
      ? tp("{who} changed what the chat keeps out", { who })
      : [t("You changed what the chat keeps out")],
  }),
};

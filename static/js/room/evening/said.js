/** What becomes of an evening: on the sign over the picture, and as a line of the history. Pure. */

import { stamp, when } from "../../lib/when.js";
import { t, tp } from "../../lib/words.js";

/** @typedef {import("../types.js").Part} Part */
/** @typedef {import("../sentences.js").Who} Who */
/** @typedef {import("../sentences.js").Sentence} Sentence */
/** @typedef {import("../sentences.js").Facts} Facts */

/** @type {Record<string, (who: Who, time: {b: string}) => Part[]>} */
const SAID = {
  planned: (who, time) =>
    who
      ? tp("{who} planned an evening: {time}", { who, time })
      : tp("You planned an evening: {time}", { time }),
  moved: (who, time) =>
    who
      ? tp("{who} moved the evening: {time}", { who, time })
      : tp("You moved the evening: {time}", { time }),
  cancelled: (who) =>
    who ? tp("{who} called the evening off", { who }) : [t("You called the evening off")],
  missed: () => [t("The evening did not take place")],
};

/**
 * @param {string} what happened to it
 * @param {Who} who
 * @param {import("../types.js").Evening} evening
 * @returns {Part[] | null} null where the picture need not say it
 */
export const evenings = (what, who, evening) =>
  SAID[what]?.(who, { b: when(evening.starts_at) }) ?? null;

/** @param {Facts} facts */
const moment = ({ starts_at }) => ({ b: stamp(starts_at) });

/** @param {Part[]} parts @returns {Sentence} */
const dated = (parts) => ({ icon: "clock", parts });

/**
 * Lines of the history: the moment as each reader's clock has it, also long after.
 * @type {Record<string, (facts: Facts, who: Who) => Sentence>}
 */
export const EVENING_DEEDS = {
  evening_planned: (facts, who) => {
    const time = moment(facts);
    return dated(
      who
        ? tp("{who} planned an evening for {time}", { who, time })
        : tp("You planned an evening for {time}", { time }),
    );
  },
  evening_moved: (facts, who) => {
    const time = moment(facts);
    return dated(
      who
        ? tp("{who} moved the evening to {time}", { who, time })
        : tp("You moved the evening to {time}", { time }),
    );
  },
  evening_cancelled: (_, who) => dated(SAID.cancelled(who, { b: "" })),
};

/** Called off by whoever runs the server. @returns {import("../types.js").Line} */
export const struck = () => ({ ...dated([t("The evening was called off")]), who: null });

/** What the list of people says of somebody: what they are here, and that no way to them was found. Pure. */

import { t } from "../lib/words.js";
import { roleText } from "./words.js";

/** @typedef {import("./types.js").Member} Member */

/**
 * "You · Member, may press play"
 * @param {Member} member
 * @param {boolean} mine
 */
export function standing({ role, capabilities, rights = [] }, mine) {
  const own = rights.some(({ capability }) => capability === "control"); // a sign of its own says it
  const words =
    capabilities.includes("control") && role !== "owner" && !own
      ? t("{role}, may press play", { role: roleText(role) })
      : roleText(role);
  return mine ? t("You · {role}", { role: words }) : words;
}

export const unreachedText = () =>
  t(
    "No way to each other was found yet; we keep trying. Another network may help, on either side.",
  );

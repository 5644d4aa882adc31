/** What every page of somebody with an account does: it opens their small socket and hangs up the bell. */

import { mountBell } from "./bell.js";
import { MeLine } from "./line.js";

/**
 * @param {AbortSignal} signal
 * @returns {MeLine}
 */
export function meHere(signal) {
  const line = new MeLine();
  mountBell(line, signal);
  line.connect(signal);
  return line;
}

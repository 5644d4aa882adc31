/** What asks for a person who is not looking: a number in the title, a soft sound where somebody means them. */

import { Store } from "../lib/store.js";
import { ring } from "../voice/bell.js";
import { Kept } from "../voice/kept.js";

/** How many messages came while nobody looked at the page; its title says it. */
export const unseen = new Store(0);

/** @param {AbortSignal} signal */
export function forgetWhenSeen(signal) {
  document.addEventListener("visibilitychange", () => !document.hidden && unseen.set(0), {
    signal,
  });
}

/** @param {boolean} forMe whether it names this person */
export function came(forMe) {
  if (!document.hidden) return;
  unseen.set(unseen.value + 1);
  if (forMe && wanted()) ring("called").catch(() => {}); // a browser without sound
}

/** The same choice as for the sounds of the call. */
function wanted() {
  try {
    return new Kept(localStorage).choices.sounds;
  } catch {
    return true;
  }
}

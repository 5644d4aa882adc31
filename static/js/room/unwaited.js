/** Tells somebody that the room waits for them no more for a while, and why. */

import { toast } from "../components/toast.js";
import { tn } from "../lib/words.js";

const MINUTE_MS = 60_000;

/**
 * @param {{why: "long" | "often", until: number}} told
 * @param {number} nowMs server ms
 */
export function unwaitedText({ why, until }, nowMs) {
  const n = Math.max(1, Math.round((until - nowMs) / MINUTE_MS));
  return why === "often"
    ? tn(
        "Your film stopped too often: for {n} minute nobody waits for you.",
        "Your film stopped too often: for {n} minutes nobody waits for you.",
        n,
      )
    : tn(
        "Your film took too long: for {n} minute nobody waits for you.",
        "Your film took too long: for {n} minutes nobody waits for you.",
        n,
      );
}

/** @param {import("./types.js").Ctx} ctx */
export function mountUnwaited({ link, conductor, signal }) {
  const stop = link.on("sync:unwaited", (told) =>
    toast(unwaitedText(told, conductor.clock.now()), { icon: "clock" }),
  );
  signal.addEventListener("abort", stop, { once: true });
}

/** Tells what people do as they do it, on the picture. */

import { describe } from "./words.js";

/** @typedef {import("./types.js").Ctx} Ctx */

/**
 * @param {Ctx} ctx
 * @param {import("./sign.js").Sign} sign
 */
export function tellDeeds({ link, signal }, sign) {
  const stops = [
    link.on("applied", ({ event, before, after }) => {
      const line = describe(event, before, after);
      if (line) sign.show(line);
    }),
  ];
  signal.addEventListener("abort", () => stops.map((stop) => stop()), { once: true });
}

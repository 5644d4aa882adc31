/** Tells what people do as they do it: on the picture, and who asks for the remote. */

import { toast } from "../components/toast.js";
import { h } from "../lib/dom.js";
import { initialOf } from "../lib/format.js";
import { describe } from "./words.js";

/** @typedef {import("./types.js").Ctx} Ctx */

/**
 * @param {Ctx} ctx
 * @param {import("./sign.js").Sign} sign
 */
export function tellDeeds({ link, views, signal }, sign) {
  const stops = [
    link.on("applied", ({ event, before, after }) => {
      const line = describe(event, before, after);
      if (line) sign.show(line);
    }),
    link.on("sync:request", ({ person }) => {
      const face = h("span", { class: "avatar", "data-hue": person.avatar, "aria-hidden": "true" });
      face.textContent = initialOf(person.display_name);
      toast(`${person.display_name} asks for the remote`, {
        lead: face,
        action: { label: "People", run: () => views.open("people") },
      });
    }),
  ];
  signal.addEventListener("abort", () => stops.map((stop) => stop()), { once: true });
}

/** Words of those who run this server, to everybody who is in the room. */

import { toast } from "../components/toast.js";
import { t } from "../lib/words.js";

/** Long enough to be read by somebody who watches a film. */
const SHOWN_MS = 30_000;

/** @param {import("./types.js").Ctx} ctx */
export function mountAnnouncements({ link, signal }) {
  const stop = link.on("room:announcement", ({ text }) =>
    toast(t("From the people who run this server: {text}", { text }), { shownMs: SHOWN_MS }),
  );
  signal.addEventListener("abort", stop, { once: true });
}

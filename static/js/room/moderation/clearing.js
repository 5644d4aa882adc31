/** Taking back many messages at once: said what happens, then asked for. */

import { html } from "lit";
import { ask } from "../../components/dialog.js";
import { toast, toastError } from "../../components/toast.js";
import { t, tn } from "../../lib/words.js";
import { asked, chosen } from "../moderating.js";

/** @typedef {import("../types.js").Ctx} Ctx */

const COUNTS = [10, 50, 100, 500];

/** @param {number} count */
const said = (count) =>
  toast(
    count
      ? tn("{n} message is gone.", "{n} messages are gone.", count)
      : t("There was nothing to clear."),
    {
      kind: "ok",
    },
  );

/** The last so many of anybody. @param {Ctx} ctx */
export function clearChat({ link }) {
  asked(
    t("Clear the chat"),
    html`<p class="dim">${t("Nobody can read them any more, and they do not come back. The room sees that you cleared them; what happened in the room stays.")}</p>
      ${chosen(
        t("Which messages"),
        "count",
        COUNTS.map((n) => [n, t("The last {n}", { n })]),
      )}
      <footer class="dialog-acts"><button class="btn btn-ghost" type="button" data-close="">${t("Cancel")}</button><button class="btn btn-bad">${t("Clear")}</button></footer>`,
    async ({ count }) =>
      said((await link.request({ type: "chat:clear", count: Number(count) })).count),
  );
}

/** What one person wrote of late. @param {Ctx} ctx @param {import("../types.js").Person} person */
export async function clearPerson({ link }, { id, display_name: name }) {
  const sure = await ask({
    title: t("Clear what {name} wrote?", { name }),
    words: t(
      "What {name} wrote in the last 24 hours is gone for everybody and does not come back.",
      {
        name,
      },
    ),
    yes: t("Clear"),
    bad: true,
  });
  if (!sure) return;
  await link
    .request({ type: "chat:clear", user_id: id })
    .then(({ count }) => said(count), toastError);
}

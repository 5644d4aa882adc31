/** Keeping order, for whoever looks after people: reports that wait, what was done, who is kept out. */

import { html } from "lit";
import { sheet } from "../../chat/sheets.js";
import { wireTabs } from "../../components/tabs.js";
import { find, need } from "../../lib/dom.js";
import { t } from "../../lib/words.js";
import { bans, measures, reports } from "../moderation/calls.js";
import { clearChat } from "../moderation/clearing.js";
import { Pages } from "../moderation/pages.js";
import { reportRow } from "../moderation/report.js";
import { banRow, measureRow } from "../moderation/rows.js";
import { unheardPart } from "../moderation/unheard.js";
import { glyph } from "../ui.js";

/** @typedef {import("../types.js").Ctx} Ctx */

const tab = (/** @type {string} */ name, /** @type {string} */ words, on = false) =>
  html`<button role="tab" type="button" id="mod-tab-${name}" aria-controls="mod-${name}" aria-selected=${String(on)} tabindex=${on ? 0 : -1}>${words}</button>`;
const panel = (/** @type {string} */ name, hidden = true) =>
  html`<section class="mod-panel" id="mod-${name}" role="tabpanel" tabindex="0" aria-labelledby="mod-tab-${name}" ?hidden=${hidden}></section>`;

/** @param {() => void} clear */
const content = (
  clear,
) => html`<div class="seg" role="tablist" aria-label=${t("Keeping order")} data-mod-tabs>
  ${tab("reports", t("Reports"), true)}${tab("log", t("What was done"))}${tab("bans", t("Banned"))}${tab("unheard", t("Written unseen"))}</div>
  ${panel("reports", false)}${panel("log")}${panel("bans")}${panel("unheard")}
  <footer class="dialog-acts"><button class="btn btn-ghost" type="button" @click=${clear}>${glyph("trash")}${t("Clear the chat…")}</button><button class="btn btn-quiet" type="button" data-close="">${t("Close")}</button></footer>`;

/** @param {Ctx} ctx */
export function openModeration(ctx) {
  if (find("[data-mod-tabs]")) return; // it is open already
  const { link } = ctx;
  const { path } = ctx.api;
  const { dialog, closed } = sheet(
    t("Keeping order"),
    content(() => clearChat(ctx)),
  );
  dialog.classList.add("dialog-wide");
  const place = (/** @type {string} */ name) => need(`#mod-${name}`, dialog);
  const on = { again: () => void lists["mod-reports"].load(), leave: () => dialog.close() };
  const banned = new Pages(place("bans"), {
    ask: (next) => bans(path, next),
    row: (one) => banRow(ctx, one, () => void banned.load()),
    key: ({ user }) => user.id,
    empty: {
      icon: "lock",
      words: t("Nobody is kept out"),
      more: t("Whom you ban stands here, with the reason and the end."),
    },
    label: t("Banned"),
  });
  /** @type {Record<string, {load: () => Promise<void>}>} */
  const lists = {
    "mod-reports": new Pages(place("reports"), {
      ask: (next) => reports(path, next),
      row: (one) => reportRow(ctx, one, on),
      key: ({ id }) => id,
      empty: {
        icon: "check",
        words: t("No report waits"),
        more: t("When somebody reports a message or a person, you hear of it and find it here."),
      },
      label: t("Reports"),
    }),
    "mod-log": new Pages(place("log"), {
      ask: (next) => measures(path, next),
      row: measureRow,
      key: ({ id }) => id,
      empty: {
        icon: "clock",
        words: t("Nothing was done yet"),
        more: t("Who removed, banned or cleared what stands here, with the reason."),
      },
      label: t("What was done"),
    }),
    "mod-bans": banned,
    "mod-unheard": unheardPart(ctx, place("unheard")),
  };
  const ended = new AbortController();
  wireTabs(need("[data-mod-tabs]", dialog), {
    signal: ended.signal,
    onChoose: (id) => void lists[id].load(),
  });
  const stop = link.on("room:report", on.again);
  void closed.then(() => {
    ended.abort();
    stop();
  });
  on.again();
}

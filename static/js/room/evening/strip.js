/** The room's date above the chat: when, what, who comes, and one's own answer. */

import { html, nothing } from "lit";
import { answerButtons } from "../../components/answers.js";
import { clock } from "../../lib/format.js";
import { when } from "../../lib/when.js";
import { t } from "../../lib/words.js";
import { glyph } from "../ui.js";
import { answerOf, mayChange } from "./state.js";
import { comingWords } from "./words.js";

/** @param {import("./panel.js").Shown} shown */
export function stripCard({ ctx, evening, deeds, leftS, near }) {
  const mine = answerOf(evening, ctx.room.value.me.user.id);
  const starts = new Date(evening.starts_at);
  return html`<div class="evening-top"><span class="evening-ic" aria-hidden="true">${glyph("clock")}</span>
      <div class="tx"><h2 class="h3 ellipsis" dir="auto">${evening.title || t("The evening")}</h2>
        <p class="small"><time datetime=${evening.starts_at} title=${starts.toLocaleString()}>${when(evening.starts_at)}</time>${near && leftS > 0 ? html`<span class="sep"></span><span class="num">${clock(leftS)}</span>` : nothing}</p></div>
      <a class="iconbtn iconbtn-36 dim" href="${ctx.api.path}/evening.ics" download="evening.ics" aria-label=${t("For your calendar")} title=${t("For your calendar")}>${glyph("share")}</a>
      ${mayChange(ctx.room.value, evening) ? html`<button class="iconbtn iconbtn-36 dim" type="button" aria-label=${t("Change the evening")} @click=${() => ctx.views.open("evening")}>${glyph("edit")}</button>` : nothing}
    </div>
    ${evening.film ? html`<p class="small dim ellipsis" dir="auto">${evening.film.title}</p>` : nothing}
    ${evening.note ? html`<p class="evening-note small" dir="auto">${evening.note}</p>` : nothing}
    <p class="small dim" data-evening-coming>${comingWords(evening).map((words, at) => html`${at ? html`<span class="sep"></span>` : nothing}<span dir="auto">${words}</span>`)}</p>
    ${answerButtons(mine, deeds.answer)}`;
}

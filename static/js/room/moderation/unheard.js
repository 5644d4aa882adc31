/** What was written and nobody else got: whose it is, and what moderators make of it. */

import { html, nothing, render } from "lit";
import { showHistory } from "../../chat/sheets.js";
import { toastError } from "../../components/toast.js";
import { need } from "../../lib/dom.js";
import { t } from "../../lib/words.js";
import { face, glyph } from "../ui.js";
import { release, shadowMutes, unheard } from "./calls.js";
import { Pages } from "./pages.js";
import { termRow } from "./rows.js";
import { endShadow } from "./shadow.js";
import { moment } from "./words.js";

/** @typedef {import("../types.js").Ctx} Ctx */
/** @typedef {import("../types.js").Message} Message */

/**
 * Both lists of the part, who and what.
 * @param {Ctx} ctx
 * @param {HTMLElement} place
 */
export function unheardPart(ctx, place) {
  const { path } = ctx.api;
  render(
    html`<h3 class="mod-title">${t("Shadow-muted")}</h3><div data-shadow-mutes></div>
      <h3 class="mod-title">${t("What they wrote")}</h3><div data-unheard></div>`,
    place,
  );
  const people = new Pages(need("[data-shadow-mutes]", place), {
    ask: (next) => shadowMutes(path, next),
    row: (one) => shadowRow(ctx, one, load),
    key: ({ user }) => user.id,
    empty: {
      icon: "eye",
      words: t("Nobody is shadow-muted"),
      more: t("It is in the menu of a person, in the list of people."),
    },
    label: t("Shadow-muted"),
  });
  const messages = new Pages(need("[data-unheard]", place), {
    ask: (next) => unheard(path, next),
    row: (one) => unheardRow(ctx, one, load),
    key: ({ id }) => id,
    empty: {
      icon: "chat",
      words: t("Nothing was written unseen"),
      more: t("What a shadow-muted person writes stands here, and nowhere else."),
    },
    label: t("What they wrote"),
  });
  async function load() {
    await Promise.all([people.load(), messages.load()]);
  }
  return { load };
}

/**
 * @param {Ctx} ctx
 * @param {import("./calls.js").ShadowMute} mute
 * @param {() => Promise<void>} again
 */
const shadowRow = (ctx, mute, again) =>
  termRow(mute, {
    words: t("End"),
    label: t("End the shadow mute of {name}", { name: mute.user.display_name }),
    endless: t("Until somebody ends it"),
    run: () => endShadow(ctx, mute.user).then(again),
  });

/**
 * @param {Ctx} ctx
 * @param {Message} message
 * @param {() => Promise<void>} again
 */
function unheardRow({ api, link }, message, again) {
  const { id, author, body, poll, created_at, edited_at } = message;
  const act = (/** @type {() => Promise<unknown>} */ deed) => async (/** @type {any} */ event) => {
    event.currentTarget.disabled = true;
    await deed().catch(toastError);
    await again();
  };
  const show = act(() => release(api.path, id));
  const takeBack = act(() => link.request({ type: "chat:delete", id }));
  const name = author?.display_name ?? t("Someone who left");
  return html`<li class="mod-report" data-unheard-message=${id}>
    <div class="mod-head">${face(author, 36)}<span class="tx"><b class="ellipsis" dir="auto">${name}</b></span>
      <time class="dim small" datetime=${created_at}>${moment(created_at)}</time></div>
    <blockquote class="mod-words" dir="auto">${body}${poll ? html`<br>${poll.options.join(" · ")}` : nothing}</blockquote>
    <div class="mod-acts mod-end">${edited_at ? html`<button class="btn btn-ghost btn-36" type="button" @click=${() => showHistory(api, message)}>${glyph("clock")}${t("What it said before")}</button>` : nothing}<button class="btn btn-ghost btn-36" type="button" @click=${takeBack}>${glyph("trash")}${t("Take back")}</button><button class="btn btn-primary btn-36" type="button" @click=${show}>${t("Show to everybody")}</button></div></li>`;
}

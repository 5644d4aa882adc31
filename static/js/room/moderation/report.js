/** One report, as moderators see it: what, when in the film, and what may be done about it. */

import { html, nothing } from "lit";
import { ask } from "../../components/dialog.js";
import { toastError } from "../../components/toast.js";
import { clock } from "../../lib/format.js";
import { t, tp } from "../../lib/words.js";
import { give, remove, TEN_MINUTES_S } from "../managing.js";
import { ban, kinds } from "../moderating.js";
import { mayChange, mayManage } from "../rights.js";
import { face, glyph } from "../ui.js";
import { settle } from "./calls.js";
import { moment } from "./words.js";

/** @typedef {import("../types.js").Ctx} Ctx */
/** @typedef {import("./calls.js").Report} Report */
/** @typedef {{again: () => void, leave: () => void}} On `again`: read the reports anew; `leave`: the sheet gives way */
/** @typedef {{words: string, icon: string, run: () => Promise<unknown>}} Act `run` answers false where nothing was done */

/**
 * What may be done about it, by who is here and what one may do to them.
 * @param {Ctx} ctx
 * @param {Report} report
 * @returns {Act[]}
 */
export function actsOf(ctx, { message_id, message_deleted, person }) {
  const { api, link, room } = ctx;
  const { me, members } = room.value;
  const member = members.find(({ user }) => user.id === person?.id);
  /** @type {Act[]} */
  const acts = [];
  if (message_id && !message_deleted)
    acts.push({ words: t("Delete the message"), icon: "trash", run: () => gone(link, message_id) });
  if (!person || person.id === me.user.id || (member && !mayManage(me, member))) return acts;
  if (member?.capabilities.includes("chat") && mayChange(me, member, "chat", false))
    acts.push({
      words: t("Mute in the chat for 10 minutes"),
      icon: "chat",
      run: () => give(api, person.id, "chat", { allowed: false, for_s: TEN_MINUTES_S }),
    });
  if (member)
    acts.push({ words: t("Remove from the room"), icon: "leave", run: () => remove(api, member) });
  acts.push({
    words: t("Ban…"),
    icon: "lock",
    run: async () => {
      ban(ctx, person);
      return false; // not yet
    },
  });
  return acts;
}

/** @param {import("../link.js").Link} link @param {string} id */
async function gone(link, id) {
  const sure = await ask({
    title: t("Delete this message?"),
    words: t("Nobody can read it any more. The room sees that a message was deleted."),
    yes: t("Delete"),
    bad: true,
  });
  if (sure) await link.request({ type: "chat:delete", id });
  return sure;
}

/**
 * @param {Ctx} ctx
 * @param {Report} report
 * @param {On} on
 */
export function reportRow(ctx, report, on) {
  const { person, reporter, excerpt, note, state, handled_by } = report;
  const tell = async (/** @type {"taken" | "done" | "dismissed"} */ now) => {
    await settle(ctx.api.path, report.id, now).catch(toastError);
    on.again();
  };
  const act = async (/** @type {Act} */ { run }) => {
    const done = await run().catch((error) => {
      toastError(error);
      return false;
    });
    if (done !== false && state === "open") await tell("taken");
    else on.again();
  };
  const kind = Object.fromEntries(kinds())[report.kind] ?? report.kind;
  const name = { b: person?.display_name ?? t("Someone who left") };
  return html`<li class="mod-report" data-report=${report.id}>
    <div class="mod-head">${face(person, 36)}<span class="tx"><b class="ellipsis" dir="auto">${name.b}</b><span class="dim small">${kind} · ${tp("reported by {who}", { who: reporter?.display_name ?? t("Someone who left") })}</span></span>
      <time class="dim small" datetime=${report.created_at}>${moment(report.created_at)}</time></div>
    ${excerpt ? html`<blockquote class="mod-words" dir="auto">${excerpt}</blockquote>` : nothing}
    ${note ? html`<p class="mod-note" dir="auto">${glyph("flag", "i-16")}<span>${note}</span></p>` : nothing}
    <p class="mod-facts dim small">${placeOf(ctx, report, on)}${report.message_deleted ? html`<span>${t("The message is deleted.")}</span>` : nothing}${
      state === "taken" && handled_by
        ? html`<span>${handled_by.id === ctx.room.value.me.user.id ? t("You look at it.") : t("{who} looks at it.", { who: handled_by.display_name })}</span>`
        : nothing
    }</p>
    <div class="mod-acts">${actsOf(ctx, report).map(
      (one) =>
        html`<button class="btn btn-quiet btn-36" type="button" @click=${() => void act(one)}>${glyph(one.icon)}${one.words}</button>`,
    )}</div>
    <div class="mod-acts mod-end"><button class="btn btn-ghost btn-36" type="button" @click=${() => void tell("dismissed")}>${t("Nothing is wrong")}</button><button class="btn btn-primary btn-36" type="button" @click=${() => void tell("done")}>${t("Settled")}</button></div></li>`;
}

/**
 * The moment of the film, which leads there, and the way to the message.
 * @param {Ctx} ctx
 * @param {Report} report
 * @param {On} on
 */
function placeOf(
  { room, remote, views },
  { media_time, item_id, message_id, message_deleted },
  on,
) {
  const here = item_id !== null && item_id === room.value.timeline.item_id;
  const at = media_time === null ? "" : clock(media_time);
  const jump = () => {
    on.leave();
    void remote.seek(media_time ?? 0);
  };
  const show = () => {
    on.leave();
    views.message(message_id ?? "");
  };
  return html`${
    at && here && remote.allowed
      ? html`<button class="jump" type="button" aria-label=${t("Jump to {time}", { time: at })} @click=${jump}>${glyph("play")}${at}</button>`
      : at
        ? html`<span>${here ? t("At {time}", { time: at }) : t("At {time} of another film", { time: at })}</span>`
        : nothing
  }${
    message_id && !message_deleted
      ? html`<button class="link-quiet" type="button" @click=${show}>${t("Show it in the chat")}</button>`
      : nothing
  }`;
}

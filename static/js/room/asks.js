/** The questions of others, each answered by one press: done for them once, or the remote lent. */

import { html, nothing, render } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { toastError } from "../components/toast.js";
import { find, need } from "../lib/dom.js";
import { t, tp } from "../lib/words.js";
import { askingOf } from "./asker.js";
import { Questions } from "./asking.js";
import { give, TEN_MINUTES_S } from "./managing.js";
import { mayChange } from "./rights.js";
import { time } from "./time.js";
import { drawing, face } from "./ui.js";
import { wishText, yesText } from "./wishes.js";

/** @typedef {import("./types.js").Ctx} Ctx */
/** @typedef {import("./asking.js").Question} Question */

/**
 * @param {Ctx} ctx
 * @param {HTMLElement} host where questions stand, a live region
 */
export function mountAsks(ctx, host) {
  const { link, me, room, remote, api, signal } = ctx;
  const asking = askingOf(ctx);
  remote.ask = (wish) => asking.ask(wish);
  const questions = new Questions({ ...time, changed: () => draw() });

  const answer = async (/** @type {Question} */ { person, wish }, granted = true) => {
    const { action, ...rest } = wish;
    const wasHere = host.contains(document.activeElement);
    questions.settled(person.id);
    await null; // it is drawn after this turn
    if (wasHere) (find("button", host) ?? need("#film")).focus();
    try {
      // by the socket and not by one's own player: who watches on their own grants it to the room
      if (granted) await link.request({ type: `sync:${action}`, ...rest });
      if (!remote.can("control")) return; // who has no answer to give just does not see it any more
      await link.request({ type: "sync:answer", user_id: person.id, action, granted });
    } catch (error) {
      toastError(error);
    }
  };
  const lend = (/** @type {Question} */ { person }, for_s = TEN_MINUTES_S) => {
    questions.settled(person.id);
    void give(api, person.id, "control", for_s ? { allowed: true, for_s } : { allowed: true });
  };
  const card = (
    /** @type {Question} */ one,
  ) => html`<div class="ask glass glass-strong" data-ask=${one.person.id}>
    ${face(one.person, 36)}<span class="grow">${tp("{who} asks you to {deed}", { who: html`<b dir="auto">${one.person.display_name}</b>`, deed: html`<b>${wishText(room.value, one.wish)}</b>` })}</span>
    <span class="ask-acts"><button class="btn btn-ghost" type="button" @click=${() => answer(one, false)}>${t("Not now")}</button>
    ${mayLend(room.value, one) ? html`<button class="btn btn-quiet" type="button" aria-label=${t("Give the remote for 10 minutes")} @click=${() => lend(one)}>${one.wish.action === "control" ? t("10 minutes") : t("Give the remote")}</button>` : nothing}
    <button class="btn btn-primary" type="button" @click=${() => (one.wish.action === "control" ? lend(one, 0) : answer(one))}>${yesText(one.wish)}</button></span></div>`;
  const draw = drawing(() => {
    const heard = questions.shown.filter(({ person }) => !me.hidden.value.all.has(person.id));
    const shown = heard.filter((one) =>
      one.wish.action === "control" ? mayLend(room.value, one) : remote.can("control"),
    );
    render(
      repeat(shown, ({ person }) => person.id, card),
      host,
    );
  });

  const stops = [
    link.on("sync:request", (frame) => questions.heard(frame)),
    link.on("sync:answer", (frame) => {
      questions.settled(frame.user_id);
      if (frame.user_id === room.value.me.user.id) asking.answered(frame);
    }),
    link.on("applied", ({ event }) => {
      if (event.type === "room:member:left") questions.settled(event.user_id);
      if (event.type === "room:member:updated" && event.member.capabilities.includes("control")) {
        questions.settled(event.member.user.id);
        if (event.member.user.id === room.value.me.user.id) asking.forget();
      }
      if (event.type !== "sync:command") return;
      questions.happened(event.action, event.timeline);
      asking.happened(event.action, event.timeline);
    }),
  ];
  signal.addEventListener("abort", () => stops.map((stop) => stop()), { once: true });
  room.subscribe(draw, signal);
  me.hidden.subscribe(draw, signal);
}

/**
 * Whether one may give the remote to who asks, who does not have it.
 * @param {import("./types.js").RoomState} state
 * @param {Question} question
 */
function mayLend({ me, members }, { person }) {
  const asker = members.find(({ user }) => user.id === person.id);
  if (!asker || asker.capabilities.includes("control")) return false;
  return mayChange(me, asker, "control", true);
}

/** Asking the host for a deed, in words; and the questions of others, each answered by one press. */

import { html, render } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { toast, toastError } from "../components/toast.js";
import { find, need } from "../lib/dom.js";
import { t, tc, tp } from "../lib/words.js";
import { Asking, Questions } from "./asking.js";
import { time } from "./time.js";
import { drawing, face } from "./ui.js";
import { holdersOf, wishText, yesText } from "./wishes.js";
import { nameOf, namesOf, refusalText } from "./words.js";

/** @typedef {import("./types.js").Ctx} Ctx */
/** @typedef {import("./asking.js").News} News */
/** @typedef {import("./asking.js").Question} Question */

/**
 * @param {Ctx} ctx
 * @param {HTMLElement} host where questions stand, a live region
 */
export function mountAsks(ctx, host) {
  const { link, room, remote, signal } = ctx;
  const asking = askingOf(ctx);
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
      await link.request({ type: "sync:answer", user_id: person.id, action, granted });
    } catch (error) {
      toastError(error);
    }
  };
  const card = (
    /** @type {Question} */ one,
  ) => html`<div class="ask glass glass-strong" data-ask=${one.person.id}>
    ${face(one.person, 36)}<span class="grow">${tp("{who} asks you to {deed}", { who: html`<b dir="auto">${one.person.display_name}</b>`, deed: html`<b>${wishText(room.value, one.wish)}</b>` })}</span>
    <span class="ask-acts"><button class="btn btn-ghost" type="button" @click=${() => answer(one, false)}>${t("Not now")}</button>
    <button class="btn btn-primary" type="button" @click=${() => answer(one)}>${yesText(one.wish)}</button></span></div>`;
  const draw = drawing(() => {
    const shown = remote.can("control") ? questions.shown : [];
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
      if (event.type !== "sync:command") return;
      questions.happened(event.action, event.timeline);
      asking.happened(event.action, event.timeline);
    }),
  ];
  signal.addEventListener("abort", () => stops.map((stop) => stop()), { once: true });
  room.subscribe(draw, signal);
}

/** @param {Ctx} ctx */
function askingOf({ link, room, remote, signal }) {
  const asked = () => namesOf(room.value, holdersOf(room.value)) || tc("You asked", "the host");
  const asking = new Asking({
    ...time,
    send: (wish) => link.request({ type: "sync:request", ...wish }),
    told: (news) => signal.aborted || tell(news),
  });

  const tell = (/** @type {News} */ { what, wish, by, error }) => {
    const deed = wishText(room.value, wish);
    const again = { label: t("Ask again"), run: () => asking.ask(wish) };
    const tellers = {
      asked: () =>
        toast(t("You asked {names} to {deed}", { names: asked(), deed }), {
          kind: "ok",
          icon: "hand",
        }),
      already: () =>
        toast(t("You asked {names} already. There is no answer yet.", { names: asked() }), HAND),
      yes: () => toast(t("{who} did it for you", { who: nameOf(room.value, by) }), { kind: "ok" }),
      no: () => toast(t("{who} says: not now", { who: nameOf(room.value, by) }), HAND),
      silence: () =>
        remote.can("control") ||
        toast(t('No answer to "{deed}" yet', { deed }), { ...HAND, action: again }),
      failed: () => toastError(error),
    };
    tellers[what]();
  };

  /** The refusal that can be read just now. @type {{wish: import("./wishes.js").Wish, close: () => void} | null} */
  let standing = null;
  remote.onRefused = (wish) => {
    if (asking.waitsFor(wish)) return tell({ what: "already", wish, by: null });
    // a held key is refused once, and "Ask" asks for what was pressed last
    if (standing?.wish.action === wish.action) standing.wish = wish;
    else {
      standing?.close();
      standing = refuse(wish);
    }
  };
  const refuse = (/** @type {import("./wishes.js").Wish} */ wish) => {
    const refusal = { wish, close: () => {} };
    const state = room.value;
    const nobodyIsHere = state.member_count <= state.members.length && !holdersOf(state).length;
    const action = { label: t("Ask"), run: () => asking.ask(refusal.wish) };
    const words = refusalText(state.room.control);
    refusal.close = toast(
      nobodyIsHere ? t("{refusal}. They are not here just now.", { refusal: words }) : words,
      {
        ...HAND,
        ...(nobodyIsHere ? {} : { action }),
        onEnd: () => {
          if (standing === refusal) standing = null;
        },
      },
    );
    return refusal;
  };
  return asking;
}

const HAND = { icon: "hand" };

/** The asker's side: a refusal with a way out, the question, and what became of it, in words. */

import { toast, toastError } from "../components/toast.js";
import { t, tc } from "../lib/words.js";
import { Asking } from "./asking.js";
import { granters } from "./rights.js";
import { time } from "./time.js";
import { holdersOf, wishText } from "./wishes.js";
import { nameOf, namesOf, refusalText } from "./words.js";

/** @typedef {import("./types.js").Ctx} Ctx */
/** @typedef {import("./asking.js").News} News */

/** @param {Ctx} ctx */
export function askingOf({ link, room, remote, signal }) {
  const asked = (/** @type {import("./wishes.js").Wish} */ { action }) => {
    const givers = () => granters(room.value, room.value.me).map(({ user }) => user.id);
    const ids = action === "control" ? givers() : holdersOf(room.value);
    return namesOf(room.value, ids) || tc("You asked", "the host");
  };
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
        toast(t("You asked {names} to {deed}", { names: asked(wish), deed }), {
          kind: "ok",
          icon: "hand",
        }),
      already: () =>
        toast(
          t("You asked {names} already. There is no answer yet.", { names: asked(wish) }),
          HAND,
        ),
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
    const words = refusalText(state);
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

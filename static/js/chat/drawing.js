/** Draws the log: what was said, or what goes with the film, and what stands at its ends. */

import { html, render } from "lit";
import { logOf } from "./blocks.js";
import { emptyOf, quietOf, topOf } from "./edges.js";
import { handsOf } from "./hands.js";
import { restful, wake } from "./rest.js";

/** @typedef {import("../room/types.js").Ctx} Ctx */
/**
 * @typedef {object} Parts of the chat that are asked how it looks
 * @property {HTMLElement} log
 * @property {import("./beside.js").Beside} beside
 * @property {import("./guard.js").Guard} guard
 * @property {import("./handling.js").Handling} handling
 * @property {import("./history.js").History} history
 * @property {import("./leads.js").Leads} leads
 * @property {import("./mode.js").Mode} mode
 * @property {import("./reader.js").Reader} reader
 * @property {import("./saying.js").Saying} saying
 * @property {import("./thread.js").Thread} thread
 * @property {(id: string) => void} goTo
 */

/** @param {Ctx} ctx @param {Parts} parts */
export function drawLog(ctx, parts) {
  const { beside, guard, handling, history, log, mode, reader, thread } = parts;
  guard.look();
  mode.draw();
  const line = reader.reading.line(() => thread.all);
  if (line !== undefined) thread.mark(line);
  const { top, chunks, empty } = beside.on ? withFilm(parts) : live(ctx, parts);
  const body = chunks.length ? logOf(chunks, hands(ctx, parts), history.gap) : empty;
  reader.scroll.around(() =>
    handling.walk.around(() => {
      render(html`${top}${body}`, log);
      wake(log);
    }),
  );
  restful(log);
}

/** @param {Parts} parts */
const withFilm = ({ beside, thread }) => ({
  top: topOf(beside.asking, () => beside.retry()),
  chunks: beside.chunks(thread.unsent),
  empty: quietOf(),
});

/** @param {Ctx} ctx @param {Parts} parts */
const live = ({ room }, { history, thread }) => ({
  top: topOf(history.older, () => void history.load(true)),
  chunks: thread.chunks(room.value.me.user),
  empty: emptyOf(),
});

/** @param {Ctx} ctx @param {Parts} parts */
function hands(ctx, { guard, goTo, handling, history, leads, saying }) {
  return handsOf(ctx, {
    outbox: saying.outbox,
    history,
    goTo,
    unveil: guard.open,
    ballot: leads.polls.ballot,
    react: (id, emoji, on) => void handling.deeds.react(id, emoji, on),
  });
}

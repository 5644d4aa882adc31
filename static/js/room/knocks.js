/** Who asks to come in, for those who may open: each answered by one press. */

import { html, render } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { answer } from "../friends/knocked.js";
import { find, need } from "../lib/dom.js";
import { http } from "../lib/http.js";
import { t, tn, tp } from "../lib/words.js";
import { drawing, face } from "./ui.js";

/** @typedef {import("./types.js").Ctx} Ctx */
/** @typedef {{id: string, user: import("./types.js").Person, asked_at: string}} Knock somebody who waits at the door */

const SHOWN_MOST = 2;

/**
 * @param {Knock[]} waiting
 * @param {Knock} knock
 */
export const withKnock = (waiting, knock) => [
  ...waiting.filter(({ id, user }) => id !== knock.id && user.id !== knock.user.id),
  knock,
];

/**
 * @param {Knock[]} waiting
 * @param {string} id
 */
export const withoutKnock = (waiting, id) => waiting.filter((one) => one.id !== id);

/**
 * @param {Ctx} ctx
 * @param {HTMLElement} host a live region
 */
export function mountKnocks({ api, boot, link, me, room, remote, signal }, host) {
  /** @type {Knock[]} the longest there first */
  let waiting = [];
  let may = false;

  const read = async () => {
    const page = await http.get(`${api.path}/knocks/`, { signal }).catch(() => null);
    if (!page) return;
    waiting = page.results;
    draw();
  };
  const say = async (/** @type {Knock} */ { id }, /** @type {"admit" | "decline"} */ said) => {
    const wasHere = host.contains(document.activeElement);
    const before = waiting;
    waiting = withoutKnock(waiting, id);
    draw();
    await null; // it is drawn after this turn
    if (wasHere) (find("button", host) ?? need("#film")).focus();
    if (!(await answer(boot.code, id, said))) waiting = before;
    draw();
  };
  const card = (
    /** @type {Knock} */ one,
  ) => html`<div class="ask glass glass-strong" data-knock=${one.id}>${face(one.user, 36)}
    <span class="grow">${tp("{who} asks to come in", { who: html`<b dir="auto">${one.user.display_name}</b>` })}</span>
    <span class="ask-acts"><button class="btn btn-ghost" type="button" @click=${() => say(one, "decline")}>${t("Not now")}</button>
    <button class="btn btn-primary" type="button" @click=${() => say(one, "admit")}>${t("Let in")}</button></span></div>`;
  const draw = drawing(() => {
    const seen = may ? waiting.filter(({ user }) => !me.hidden.value.all.has(user.id)) : [];
    const shown = seen.slice(0, SHOWN_MOST);
    const more = seen.length - shown.length;
    render(
      [
        ...(more
          ? [
              html`<p class="ask glass glass-strong knocks-more">${tn("{n} more at the door", "{n} more at the door", more)}</p>`,
            ]
          : []),
        repeat(shown, ({ id }) => id, card),
      ],
      host,
    );
  });
  const look = () => {
    const before = may;
    may = remote.can("moderate");
    if (may && !before) void read();
    if (may !== before) draw();
  };

  const stops = [
    link.on("room:knock", ({ knock }) => {
      waiting = withKnock(waiting, knock);
      draw();
    }),
    link.on("room:knock:over", ({ knock_id }) => {
      waiting = withoutKnock(waiting, knock_id);
      draw();
    }),
    // nothing of it is repeated: whoever was away reads it anew
    link.on("room:snapshot", () => remote.can("moderate") && void read()),
  ];
  signal.addEventListener("abort", () => stops.map((stop) => stop()), { once: true });
  room.subscribe(look, signal);
  me.hidden.subscribe(draw, signal);
  look();
}

/** One's own rights: a chip below the film with the time that is left, and a word when they change. */

import "../components/sw-chip.js";
import { html, render } from "lit";
import { toast } from "../components/toast.js";
import { ownNews, signOf } from "./rights-words.js";
import { tick } from "./ticking.js";
import { drawing } from "./ui.js";
import { nameOf } from "./words.js";

/** @typedef {import("./types.js").Ctx} Ctx */
/** @typedef {import("./types.js").Right} Right */

/** What one notices while watching; the rest stands in the sheet of rights. */
const SHOWN = ["control", "chat", "voice"];

/**
 * @param {Ctx} ctx
 * @param {HTMLElement} host
 */
export function mountOwnRights(ctx, host) {
  const { room, link, conductor, signal } = ctx;
  const now = () => conductor.clock.now();
  const chip = (/** @type {Right} */ right) => {
    const { icon, words, left } = signOf(right, now());
    return html`<sw-chip class="chip chip-flat" data-own-right=${right.capability} kind=${right.allowed ? "plain" : "bad"}
      icon=${icon} words=${words} sub=${left && `· ${left}`}></sw-chip>`;
  };
  const draw = drawing(() => {
    const { rights = [] } = room.value.me;
    const holds = rights.filter(({ until }) => until === null || until > now());
    render(holds.filter(({ capability }) => SHOWN.includes(capability)).map(chip), host);
  });
  const stop = link.on("applied", ({ event, before, after }) => {
    if (event.type !== "room:member:updated" || event.member.user.id !== after.me.user.id) return;
    const named = (/** @type {string | null} */ id) => nameOf(after, id);
    for (const { words, icon } of ownNews(before.me, after.me, now(), named))
      toast(words, { icon });
  });
  signal.addEventListener("abort", stop, { once: true });
  room.subscribe(draw, signal);
  tick(ctx, draw);
  draw();
}

/** The film's title below the picture, what comes next, and the same in the window's title. */

import { html, nothing, render } from "lit";
import { unseen } from "../chat/attention.js";
import { t } from "../lib/words.js";
import { nextAfter } from "./order.js";
import { drawing, setText } from "./ui.js";

/** @typedef {import("./types.js").Ctx} Ctx */

/**
 * @param {Ctx} ctx
 * @param {{title: HTMLElement, subtitle: HTMLElement}} parts
 */
export function mountTitle({ conductor, room, signal }, { title, subtitle }) {
  const draw = drawing(() => {
    const { timeline, queue, room: info } = room.value;
    const item = queue.find(({ id }) => id === timeline.item_id);
    setText(title, item?.title ?? "");
    title.hidden = !item; // a heading with nothing to say is none
    const waiting = unseen.value ? `(${unseen.value}) ` : "";
    document.title = `${waiting}${item ? `${item.title} · ` : ""}${info.name} · SyncWatch`;
    const shown = conductor.tracks.levels().find(({ shown }) => shown);
    const next = item ? nextAfter(queue, item.id, info.loop) : null;
    const parts = [
      shown?.height ? `${shown.height}p` : "",
      next ? t("next: {title}", { title: next.title }) : "",
    ].filter(Boolean);
    render(
      parts.map((words, at) => html`${at ? html`<span class="sep"></span>` : nothing}${words}`),
      subtitle,
    );
  });
  signal.addEventListener("abort", conductor.on("tracks", draw), { once: true });
  room.subscribe(draw, signal);
  unseen.subscribe(draw, signal);
  draw();
}

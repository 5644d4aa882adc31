/** The queue: what is on, what comes, what is still on its way; add, remove, reorder, play now. */

import { t } from "../lib/words.js";
import "../components/sw-blank.js";
import "../components/sw-queued.js";
import { html, nothing, render } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { menuItem, openMenuOf } from "../components/drawn-menu.js";
import { toast, toastError } from "../components/toast.js";
import { length } from "../lib/format.js";
import { Drag } from "./drag.js";
import { moved, nextAfter } from "./order.js";
import { drawing, glyph } from "./ui.js";
import { Votes } from "./votes.js";
import { nameOf } from "./words.js";

/** @typedef {import("./types.js").Ctx} Ctx */
/** @typedef {import("./types.js").QueueItem} QueueItem */
/** @typedef {import("./types.js").RoomState} RoomState */

/**
 * What is known of an item's film.
 * @param {RoomState} state
 * @param {QueueItem} item
 */
export const newsOf = (state, item) => ({ ...item.video, ...state.videos[item.video_id ?? ""] });

/**
 * @param {RoomState} state
 * @param {QueueItem} item
 * @returns {{words: string, playable: boolean, progress: number | null, bad?: boolean}}
 */
export function itemState(state, item) {
  const { state: stage, progress = 0, playable, error } = newsOf(state, item);
  const by = item.added_by
    ? item.added_by === state.me.user.id
      ? t("from you")
      : t("from {name}", { name: nameOf(state, item.added_by) })
    : "";
  const about = [item.duration ? length(item.duration) : "", by].filter(Boolean).join(", ");
  if (stage === "failed")
    return {
      words: error?.message ?? t("This film could not be prepared"),
      playable: false,
      progress: null,
      bad: true,
    };
  if (stage === undefined || stage === "ready")
    return { words: about, playable: true, progress: null };
  if (playable)
    return {
      words: [item.duration ? length(item.duration) : "", t("playable, {n} %", { n: progress })]
        .filter(Boolean)
        .join(", "),
      playable: true,
      progress,
    };
  const stages = /** @type {Record<string, string>} */ ({
    uploading: t("Still uploading"),
    queued: t("Waiting its turn"),
    probing: t("Looking into the file"),
  });
  return {
    words: stages[stage] ?? t("Being prepared, {n} %", { n: progress }),
    playable: false,
    progress,
  };
}

/**
 * @param {Ctx} ctx
 * @param {{list: HTMLElement, count: HTMLElement}} parts
 */
export function mountQueue(ctx, { list, count }) {
  const { room, remote, api, views, signal } = ctx;
  const ids = () => room.value.queue.map(({ id }) => id);
  const reorder = (/** @type {string} */ id, /** @type {number} */ to) => {
    const next = moved(ids(), id, to);
    if (next.join() !== ids().join()) api.reorder(next).catch(toastError);
  };
  const remove = async (/** @type {QueueItem} */ { id, title }) => {
    const run = () => void api.requeue(id).catch(toastError);
    try {
      await api.unqueue(id);
      toast(t("“{title}” is off the queue", { title }), {
        icon: "trash",
        action: { label: t("Undo"), run },
      });
    } catch (error) {
      toastError(error);
    }
  };
  const shuffle = async () => {
    const before = ids();
    const run = () => void api.reorder(before).catch(toastError);
    try {
      await api.shuffle();
      toast(t("What comes next is in another order"), {
        icon: "shuffle",
        action: { label: t("Undo"), run },
      });
    } catch (error) {
      toastError(error);
    }
  };
  const drag = new Drag(list, reorder, signal);

  const row = (/** @type {RoomState} */ state, /** @type {QueueItem} */ item) => {
    const now = item.id === state.timeline.item_id;
    const paused = state.timeline.paused && !state.timeline.hold?.resume;
    const said = {
      ...itemState(state, item),
      title: item.title,
      poster: newsOf(state, item).poster,
      ...votes.of(item),
    };
    if (now) said.words = paused ? t("On now, paused") : t("Playing");
    const held = remote.can("queue");
    const press = (/** @type {PointerEvent} */ event) =>
      /** @type {Element} */ (event.target).closest(".grip") && drag.start(event, item.id);
    return html`<li class="qrow ${now ? "is-now" : ""} ${held ? "is-held" : ""}" data-item=${item.id}>
      <sw-queued .item=${said} ?now=${now} ?held=${held} @pointerdown=${press}
        @play=${() => remote.do("load", item.id)}
        @wish=${() => void votes.turn(item)}
        @more=${(/** @type {CustomEvent} */ { detail }) => openMenu(detail, item.id)}></sw-queued></li>`;
  };

  const draw = drawing(() => {
    const state = room.value;
    count.textContent = state.queue.length ? String(state.queue.length) : "";
    const acts = remote.can("queue")
      ? html`<div class="list-acts"><button class="btn btn-quiet btn-40" type="button" @click=${() => views.open("films")}>${glyph("plus")}${t("Add a film")}</button>
          ${nextOf(state) && state.timeline.item_id ? html`<button class="btn btn-quiet btn-40" type="button" @click=${() => playNext(ctx)}>${glyph("skip")}${t("Next")}</button>` : nothing}
          ${coming(state) > 1 ? html`<button class="btn btn-quiet btn-40" type="button" @click=${() => void shuffle()}>${glyph("shuffle")}${t("Shuffle")}</button>` : nothing}</div>`
      : nothing;
    render(
      state.queue.length
        ? html`${acts}<ul class="rows">${repeat(
            state.queue,
            ({ id }) => id,
            (item) => row(state, item),
          )}</ul>`
        : html`<sw-blank icon="film" words=${t("Nothing in the queue")} more=${t("Add a film and it waits here for everyone.")} main
            act=${remote.can("queue") ? t("Add a film") : ""} act-icon="plus" @act=${() => views.open("films")}></sw-blank>`,
      list,
    );
  });

  const openMenu = (/** @type {HTMLElement} */ button, /** @type {string} */ id) =>
    openMenuOf(button, t("Film in the queue"), () => itemMenu(id), signal);
  const itemMenu = (/** @type {string} */ id) => {
    const at = ids().indexOf(id);
    const nowAt = ids().indexOf(room.value.timeline.item_id ?? "");
    const item = room.value.queue[at];
    if (!item) return nothing;
    return html`${menuItem({ words: t("Play now"), icon: "play", disabled: !itemState(room.value, item).playable, run: () => remote.do("load", id) })}
      ${menuItem({ words: t("Play next"), icon: "skip", disabled: at === nowAt || at === nowAt + 1, run: () => reorder(id, at < nowAt ? nowAt : nowAt + 1) })}
      ${menuItem({ words: t("Move up"), icon: "up", disabled: at === 0, run: () => reorder(id, at - 1) })}
      ${menuItem({ words: t("Move down"), icon: "down", disabled: at === ids().length - 1, run: () => reorder(id, at + 1) })}
      <hr>${menuItem({ words: t("Remove from the queue"), icon: "trash", bad: true, run: () => void remove(item) })}`;
  };

  const votes = new Votes(ctx, () => draw());
  room.subscribe(draw, signal);
  draw();
}

/** @param {RoomState} state */
const nextOf = ({ queue, timeline, room }) => nextAfter(queue, timeline.item_id, room.loop);

/** How many films come after the one that is on. @param {RoomState} state */
const coming = ({ queue, timeline }) =>
  queue.length - 1 - queue.findIndex(({ id }) => id === timeline.item_id);

/** @param {Ctx} ctx */
export function playNext({ room, remote }) {
  const next = nextOf(room.value);
  if (next) remote.do("load", next.id);
  else toast(t("Nothing comes after this one. Add a film to the queue."));
}

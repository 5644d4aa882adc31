/** The stage before the film: drop one, see it come in; and a capsule for a film that comes while another is on. */

import { html, nothing, render } from "lit";
import { toast } from "../components/toast.js";
import { h } from "../lib/dom.js";
import { bytes, timeLeft } from "../lib/format.js";
import { t, tc } from "../lib/words.js";
import { refusal } from "../videos/files.js";
import { itemState } from "./queue.js";
import { drawing, glyph } from "./ui.js";

/** @typedef {import("./types.js").Ctx} Ctx */
/** @typedef {import("./incoming.js").Incoming} Incoming */
/** @typedef {import("./incoming.js").Journey} Journey */
/** @typedef {import("./types.js").RoomState} RoomState */

const STEPS = /** @type {const} */ ([
  ["uploading", () => tc("step", "Upload")],
  ["adding", () => tc("step", "Queue")],
  ["preparing", () => tc("step", "Prepare")],
  ["playable", () => tc("step", "Play")],
]);

/** @param {Journey["phase"]} phase */
const stepsOf = (phase) => {
  const now = STEPS.findIndex(([name]) => name === phase);
  return html`<div class="steps">${STEPS.map(
    ([, words], at) =>
      html`<span class="step ${at < now ? "step-done" : at === now ? "step-now" : ""}">${
        at < now
          ? glyph("check")
          : at === now
            ? html`<span class="arc" aria-hidden="true"></span>`
            : html`<span class="step-ring" aria-hidden="true"></span>`
      }${words()}</span>`,
  )}</div>`;
};

/**
 * Draws the empty stage and takes files that are dropped on it or chosen.
 * @param {Ctx} ctx
 * @param {{film: HTMLElement, over: HTMLElement, input: HTMLInputElement, incoming: Incoming}} parts
 * @returns {{draw: () => void, choose: () => void}}
 */
export function mountDrop(ctx, { film, over, input, incoming }) {
  const { room, remote, views, boot, signal } = ctx;
  const stage = h("div", { class: "drop-host" });
  const veil = h(
    "div",
    { class: "drop-veil on-film", hidden: true },
    h("span", { class: "sign glass" }, t("Drop the film here")),
  );
  over.append(stage, veil);
  let target = false;

  const take = (/** @type {FileList | null} */ files) => {
    const file = files?.[0];
    if (!file || !remote.can("queue")) return;
    const no = incoming.busy
      ? t("One film at a time: the last one is still on its way.")
      : refusal(file, boot.limits.upload_bytes);
    if (no) toast(no, { kind: "warn" });
    else incoming.start(file);
  };
  const choose = () => input.click();
  input.addEventListener(
    "change",
    () => {
      take(input.files);
      input.value = "";
    },
    { signal },
  );

  const asking = () => html`<span class="drop-ic">${glyph("upload", "i-28")}</span>
    <h2>${t("Drop a film")}</h2>
    <p>${t("mp4, mkv, webm or mov, up to {size}. It plays here while the rest is still being prepared.", { size: bytes(boot.limits.upload_bytes) })}</p>
    <div class="drop-acts"><button class="btn btn-primary" type="button" data-choose @click=${choose}>${glyph("plus")}${t("Choose a file")}</button>
      <button class="btn btn-quiet" type="button" @click=${() => views.open("films")}>${glyph("film")}${t("From my films")}</button></div>`;

  const waitingForHost =
    () => html`<span class="drop-ic">${glyph("film", "i-28")}</span><h2>${t("No film yet")}</h2>
    <p>${t("{name} will put one on. It starts here by itself.", { name: room.value.room.host?.display_name ?? t("The host") })}</p>`;

  const uploading = (/** @type {Journey} */ { name, phase, sent, total, secondsLeft, itemId }) => {
    const item = room.value.queue.find(({ id }) => id === itemId);
    const prepared = item ? (itemState(room.value, item).progress ?? 0) : 0;
    const done = phase === "uploading" ? (total ? (sent / total) * 100 : 0) : prepared;
    const left =
      phase === "uploading"
        ? t("{part} of {whole}", { part: bytes(sent), whole: bytes(total) })
        : item
          ? itemState(room.value, item).words
          : t("Into the queue");
    return html`<h2 class="ellipsis full">${name}</h2>
      <progress class="bar bar-6" max="100" value=${done} aria-label=${phase === "uploading" ? t("Uploaded") : t("Prepared")}></progress>
      <div class="drop-nums"><span>${left}</span><b>${phase === "uploading" ? timeLeft(secondsLeft) || `${Math.round(done)} %` : ""}</b></div>
      ${stepsOf(phase)}
      ${phase === "uploading" ? html`<div class="drop-acts"><button class="btn btn-quiet btn-40" type="button" @click=${() => incoming.cancel()}>${t("Cancel")}</button></div>` : nothing}`;
  };

  const failed = (
    /** @type {Journey} */ { name, reason },
  ) => html`<span class="drop-ic drop-ic-bad">${glyph("warning", "i-28")}</span>
    <h2>${t("This one did not work")}</h2><p>${name}: ${reason}</p>
    <div class="drop-acts"><button class="btn btn-primary" type="button" @click=${choose}>${glyph("plus")}${t("Choose another")}</button>
      <button class="btn btn-quiet" type="button" @click=${() => incoming.cancel()}>${t("Dismiss")}</button></div>`;

  const upFirst = (/** @type {RoomState} */ state) => {
    const item = state.queue[0];
    const { words, playable, progress, bad } = itemState(state, item);
    const start = async () => {
      await remote.do("load", item.id);
      await remote.do("play");
    };
    return html`<span class="drop-ic ${bad ? "drop-ic-bad" : ""}">${glyph(bad ? "warning" : "film", "i-28")}</span><h2 class="ellipsis full">${item.title}</h2><p>${words}</p>
      ${progress !== null && !bad ? html`<progress class="bar bar-6" max="100" value=${progress} aria-label=${t("Prepared")}></progress>` : nothing}
      <div class="drop-acts">${playable && remote.can("control") ? html`<button class="btn btn-primary drop-start" type="button" @click=${start}>${glyph("play")}${t("Start the film")}</button>` : nothing}
        ${remote.can("queue") ? html`<button class="btn btn-quiet" type="button" @click=${() => views.open("films")}>${glyph("plus")}${t("Add a film")}</button>` : nothing}</div>`;
  };

  const inside = (/** @type {RoomState} */ state) => {
    if (incoming.journey?.phase === "failed") return failed(incoming.journey);
    if (incoming.journey) return uploading(incoming.journey);
    if (state.queue.length) return upFirst(state);
    return remote.can("queue") ? asking() : waitingForHost();
  };

  const capsule = (
    /** @type {Journey} */ { name, phase, sent, total, reason },
  ) => html`<div class="incoming glass" role="status">${
    phase === "failed" ? glyph("warning") : html`<span class="arc" aria-hidden="true"></span>`
  }<span>${phase === "failed" ? reason : name}</span>${
    phase === "uploading"
      ? html`<progress class="bar bar-film" max=${total} value=${sent} aria-label=${t("Uploaded")}></progress>`
      : nothing
  }
    <button class="iconbtn iconbtn-36" type="button" aria-label=${phase === "uploading" ? t("Cancel the upload") : t("Dismiss")} @click=${() => incoming.cancel()}>${glyph("x")}</button></div>`;

  const draw = drawing(() => {
    const state = room.value;
    const empty = !state.timeline.item_id;
    over.classList.toggle("on-film", !empty);
    const busy = Boolean(incoming.journey) || state.queue.length > 0;
    render(
      empty
        ? html`<div class="drop ${busy ? "is-busy" : ""} ${target ? "is-target" : ""}"><div class="drop-in">${inside(state)}</div></div>`
        : incoming.journey
          ? capsule(incoming.journey)
          : nothing,
      stage,
    );
    veil.hidden = empty || !target;
  });

  const aim = (/** @type {boolean} */ on) => {
    target = on && remote.can("queue");
    draw();
  };
  film.addEventListener(
    "dragover",
    (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      if (!target) aim(true);
    },
    { signal },
  );
  film.addEventListener(
    "dragleave",
    (event) => !film.contains(/** @type {Node | null} */ (event.relatedTarget)) && aim(false),
    { signal },
  );
  film.addEventListener(
    "drop",
    (event) => {
      event.preventDefault();
      aim(false);
      take(event.dataTransfer?.files ?? null);
    },
    { signal },
  );
  room.subscribe(draw, signal);
  draw();
  return { draw, choose };
}

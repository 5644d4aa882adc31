/** A film on its way into the room: upload, queue, preparation, and on it goes. No drawing here. */

import { t } from "../lib/words.js";
import { newsOf } from "./queue.js";

/** @typedef {import("./types.js").Ctx} Ctx */
/**
 * @typedef {object} Journey
 * @property {string} name of the file
 * @property {"uploading" | "adding" | "preparing" | "playable" | "failed"} phase
 * @property {number} sent bytes
 * @property {number} total bytes
 * @property {number} secondsLeft
 * @property {string} [videoId]
 * @property {string} [itemId]
 * @property {string} [reason] why it failed
 */
/**
 * What an upload gives while it runs.
 * @typedef {{done: Promise<string>, abort: () => void}} Upload done: the video's id
 * @typedef {(file: File, on: {onProgress: (sent: number, total: number, secondsLeft: number) => void}) => Upload} Uploader
 */

/** The socket tells when a film can be played; this only covers a message that was missed. */
const ASK_EVERY_MS = 4_000;

export class Incoming {
  /** @type {Journey | null} */
  journey = null;
  /** @type {Upload | null} */
  #upload = null;
  /** @type {any} */
  #asking = null;
  /** Each journey has a number: an answer to one that was given up is ignored. */
  #turn = 0;

  /**
   * @param {Ctx} ctx
   * @param {Uploader} upload
   * @param {() => void} changed
   */
  constructor(ctx, upload, changed) {
    this.ctx = ctx;
    this.upload = upload;
    this.changed = changed;
    ctx.room.subscribe(() => this.#look(), ctx.signal);
    ctx.signal.addEventListener("abort", () => this.cancel(), { once: true });
  }

  get busy() {
    return (
      this.journey !== null && this.journey.phase !== "failed" && this.journey.phase !== "playable"
    );
  }

  /** @param {File} file */
  async start(file) {
    const turn = this.#begin({ name: file.name, total: file.size, phase: "uploading" });
    await this.#unlessGivenUp(turn, async () => {
      this.#upload = this.upload(file, {
        onProgress: (sent, total, secondsLeft) =>
          turn === this.#turn && this.#set({ sent, total, secondsLeft }),
      });
      const videoId = await this.#upload.done;
      if (turn !== this.#turn) return;
      this.#upload = null;
      await this.#enqueue(videoId, turn);
    });
  }

  /**
   * Puts a film that is on the server into the queue, and follows it until it can be played.
   * @param {string} videoId
   * @param {string} name
   */
  async add(videoId, name) {
    const turn = this.#begin({ name, total: 1, phase: "adding" });
    await this.#unlessGivenUp(turn, () => this.#enqueue(videoId, turn));
  }

  cancel() {
    this.#turn += 1;
    clearTimeout(this.#asking);
    this.#upload?.abort();
    this.#upload = null;
    this.journey = null;
    this.changed();
  }

  /**
   * @param {{name: string, total: number, phase: Journey["phase"]}} first
   * @returns {number} this journey's turn
   */
  #begin(first) {
    clearTimeout(this.#asking);
    this.journey = { ...first, sent: 0, secondsLeft: Number.NaN };
    this.changed();
    return ++this.#turn;
  }

  /**
   * @param {number} turn
   * @param {() => Promise<void>} travel
   */
  async #unlessGivenUp(turn, travel) {
    try {
      await travel();
    } catch (error) {
      if (turn === this.#turn) this.#fail(/** @type {any} */ (error));
    }
  }

  /**
   * @param {string} videoId
   * @param {number} turn
   */
  async #enqueue(videoId, turn) {
    this.#set({ phase: "adding", videoId });
    const item = await this.ctx.api.queueVideo(videoId);
    if (turn !== this.#turn) return;
    this.#set({ phase: "preparing", itemId: item.id });
    this.#ask();
    this.#look();
  }

  async #ask() {
    clearTimeout(this.#asking);
    const { journey, ctx } = this;
    const turn = this.#turn;
    if (!journey?.videoId || journey.phase !== "preparing" || ctx.signal.aborted) return;
    const video = await ctx.api.video(journey.videoId).catch(() => null);
    if (turn !== this.#turn || this.journey?.phase !== "preparing") return;
    if (video?.state === "failed")
      this.#fail(video.error ?? { message: t("The film could not be prepared.") });
    else if (video?.playable) this.#playable();
    else this.#asking = setTimeout(() => this.#ask(), ASK_EVERY_MS);
  }

  #look() {
    const { journey, ctx } = this;
    if (journey?.phase !== "preparing") return;
    const item = ctx.room.value.queue.find(({ id }) => id === journey.itemId);
    const news = item && newsOf(ctx.room.value, item);
    // why, in one's own language, only the API says
    if (news?.state === "failed") this.#ask();
    else if (news?.playable) this.#playable();
  }

  /** The first film of an empty room begins by itself, for whoever may begin it. */
  #playable() {
    const { journey, ctx } = this;
    if (!journey?.itemId) return;
    clearTimeout(this.#asking);
    this.#set({ phase: "playable" });
    if (!ctx.room.value.timeline.item_id && ctx.remote.can("control")) this.#play(journey.itemId);
    this.journey = null;
    this.changed();
  }

  /** @param {string} itemId */
  async #play(itemId) {
    await this.ctx.remote.do("load", itemId);
    await this.ctx.remote.do("play");
  }

  /** @param {{message: string}} error */
  #fail({ message }) {
    clearTimeout(this.#asking);
    this.#set({ phase: "failed", reason: message });
  }

  /** @param {Partial<Journey>} change */
  #set(change) {
    this.journey = /** @type {Journey} */ ({ ...this.journey, ...change });
    this.changed();
  }
}

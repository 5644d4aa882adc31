/** A film on its way into the room: upload, queue, preparation, and on it goes. No drawing here. */

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
    this.#set({
      name: file.name,
      phase: "uploading",
      sent: 0,
      total: file.size,
      secondsLeft: Number.NaN,
    });
    try {
      this.#upload = this.upload(file, {
        onProgress: (sent, total, secondsLeft) => this.#set({ sent, total, secondsLeft }),
      });
      const videoId = await this.#upload.done;
      this.#upload = null;
      await this.add(videoId, file.name);
    } catch (error) {
      if (this.journey) this.#fail(/** @type {any} */ (error));
    }
  }

  /**
   * Puts a film that is on the server into the queue, and follows it until it can be played.
   * @param {string} videoId
   * @param {string} name
   */
  async add(videoId, name) {
    this.#set({
      ...(this.journey ?? { sent: 1, total: 1, secondsLeft: 0 }),
      name,
      phase: "adding",
      videoId,
    });
    const item = await this.ctx.api.queueVideo(videoId);
    this.#set({ phase: "preparing", itemId: item.id });
    this.#ask();
    this.#look();
  }

  cancel() {
    clearTimeout(this.#asking);
    this.#upload?.abort();
    this.#upload = null;
    this.journey = null;
    this.changed();
  }

  async #ask() {
    clearTimeout(this.#asking);
    const { journey, ctx } = this;
    if (!journey?.videoId || journey.phase !== "preparing" || ctx.signal.aborted) return;
    const video = await ctx.api.video(journey.videoId).catch(() => null);
    if (this.journey?.phase !== "preparing") return;
    if (video?.state === "failed")
      this.#fail(video.error ?? { message: "The film could not be prepared." });
    else if (video?.playable) this.#playable();
    else this.#asking = setTimeout(() => this.#ask(), ASK_EVERY_MS);
  }

  #look() {
    const { journey, ctx } = this;
    if (journey?.phase !== "preparing") return;
    const item = ctx.room.value.queue.find(({ id }) => id === journey.itemId);
    const news = item && newsOf(ctx.room.value, item);
    if (news?.state === "failed")
      this.#fail(news.error ?? { message: "The film could not be prepared." });
    else if (news?.playable) this.#playable();
  }

  /** The first film of an empty room begins by itself, for whoever may begin it. */
  #playable() {
    const { journey, ctx } = this;
    if (!journey?.itemId) return;
    clearTimeout(this.#asking);
    this.#set({ phase: "playable" });
    if (!ctx.room.value.timeline.item_id && ctx.remote.can("control")) this.#begin(journey.itemId);
    this.journey = null;
    this.changed();
  }

  /** @param {string} itemId */
  async #begin(itemId) {
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

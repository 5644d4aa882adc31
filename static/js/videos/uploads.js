/** The files on their way up from this tab: one after another; each can be held, resumed, given up. No drawing. */

import { t } from "../lib/words.js";
import { refusal, titleOf } from "./files.js";
import { uploadFilm } from "./upload.js";

/**
 * @typedef {object} Job
 * @property {string} key
 * @property {File} file
 * @property {string} title
 * @property {"waiting" | "uploading" | "paused" | "failed" | "done"} phase
 * @property {number} sent bytes
 * @property {number} secondsLeft NaN while it is not known
 * @property {boolean} stalled the line is broken
 * @property {string} reason why it failed
 * @property {boolean} offline it failed for want of a connection, and goes on by itself when there is one
 * @property {import("./upload.js").Transfer} [transfer]
 */

let made = 0;

export class Uploads {
  /** @type {Job[]} */
  jobs = [];

  /**
   * @param {object} parts
   * @param {number} parts.limit bytes a file may have
   * @param {() => void} parts.changed
   * @param {(videoId: string) => Promise<unknown>} parts.arrived the film is on the server; the job ends after it
   * @param {typeof uploadFilm} [parts.upload]
   */
  constructor({ limit, changed, arrived, upload = uploadFilm }) {
    this.limit = limit;
    this.changed = changed;
    this.arrived = arrived;
    this.upload = upload;
  }

  /** Something would be lost if the page closed now. */
  get busy() {
    return this.jobs.some(({ phase }) => phase === "uploading" || phase === "waiting");
  }

  /**
   * @param {Iterable<File>} files
   * @returns {string[]} why some of them were not taken
   */
  add(files) {
    const refused = [];
    for (const file of files) {
      const no = this.#isHere(file)
        ? t("“{name}” is on its way already.", { name: file.name })
        : refusal(file, this.limit);
      if (no) refused.push(no);
      else this.jobs.push(this.#job(file));
    }
    this.#next();
    return refused;
  }

  /** @param {File} file */
  #isHere = (file) =>
    this.jobs.some(
      (job) =>
        job.file.name === file.name &&
        job.file.size === file.size &&
        job.file.lastModified === file.lastModified,
    );

  /**
   * @param {File} file
   * @returns {Job}
   */
  #job(file) {
    made += 1;
    return {
      key: `job-${made}`,
      file,
      title: titleOf(file.name),
      phase: "waiting",
      sent: 0,
      secondsLeft: Number.NaN,
      stalled: false,
      reason: "",
      offline: false,
    };
  }

  #next() {
    const waiting = this.jobs.find(({ phase }) => phase === "waiting");
    if (waiting && !this.jobs.some(({ phase }) => phase === "uploading")) this.#run(waiting);
    this.changed();
  }

  /** @param {Job} job */
  async #run(job) {
    Object.assign(job, { phase: "uploading", stalled: false, reason: "", offline: false });
    if (job.transfer) return job.transfer.resume();
    try {
      job.transfer = this.upload(job.file, {
        onProgress: (sent, _, secondsLeft) => this.#set(job, { sent, secondsLeft, stalled: false }),
        onStalled: () => this.#set(job, { stalled: true }),
      });
      const videoId = await job.transfer.done;
      this.#set(job, { phase: "done", sent: job.file.size, transfer: undefined });
      this.#next();
      await this.arrived(videoId).catch(() => {}); // the list has its own words for that
      this.#drop(job);
    } catch (error) {
      this.#failed(job, error);
    }
  }

  /**
   * @param {Job} job
   * @param {any} error
   */
  #failed(job, error) {
    if (!this.jobs.includes(job)) return; // given up
    const reason = error instanceof Error ? error.message : t("It stopped. Try again.");
    this.#set(job, { phase: "failed", reason, offline: error?.code === "offline" });
    this.#next();
  }

  /** @param {Job} job */
  pause(job) {
    job.transfer?.pause();
    this.#set(job, { phase: "paused", secondsLeft: Number.NaN });
    this.#next();
  }

  /** After a pause or a failure: in line again, and off at once where the line is free. @param {Job} job */
  resume(job) {
    if (job.phase === "failed") job.transfer = undefined; // a new one finds what the old one sent
    this.#set(job, { phase: "waiting" });
    this.#next();
  }

  /** The connection is back. */
  resumeBroken() {
    for (const job of this.jobs) if (job.phase === "failed" && job.offline) this.resume(job);
  }

  /** @param {Job} job */
  cancel(job) {
    const { transfer } = job;
    this.#drop(job);
    transfer?.abort();
    this.#next();
  }

  /** @param {Job} job */
  #drop(job) {
    this.jobs = this.jobs.filter((one) => one !== job);
    this.changed();
  }

  /**
   * @param {Job} job
   * @param {Partial<Job>} change
   */
  #set(job, change) {
    Object.assign(job, change);
    this.changed();
  }
}

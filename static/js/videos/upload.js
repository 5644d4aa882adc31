/** One film on its way up: resumable, in pieces, with a renewed sign-in where the old one ran out. */

import { browserHeaders, HttpError, renewSignIn } from "../lib/http.js";
import { t } from "../lib/words.js";
import { Pace } from "./pace.js";
import { loadTus } from "./tus.js";
import { signedOut, uploadError, worthRepeating } from "./words.js";

const ENDPOINT = "/api/uploads/";
const CHUNK_BYTES = 8 * 1024 ** 2;
/** About three minutes of a broken line before a person has to press "Go on". */
const RETRY_MS = [0, 1000, 3000, 5000, 10_000, 20_000, 30_000, 30_000, 30_000, 30_000];

/**
 * @typedef {object} UploadEvents
 * @property {(sent: number, total: number, secondsLeft: number) => void} onProgress bytes; NaN while the time is not known
 * @property {() => void} [onStalled] the line is broken and it is tried again
 */

export class Transfer {
  #pace = new Pace();
  #videoId = "";
  #signedOut = false;
  /** What a person wants of it, also before it could begin. @type {"go" | "pause" | "end"} */
  #wanted = "go";
  #ready = false;
  /** @type {(error: unknown) => void} */
  #fail = () => {};

  /**
   * @param {File} file
   * @param {UploadEvents} on
   */
  constructor(file, on) {
    this.file = file;
    this.on = on;
    /** @type {Promise<string>} the video's id, when every byte is there */
    this.done = new Promise((resolve, reject) => {
      this.#fail = reject;
      this.#begin(resolve).catch(reject);
    });
  }

  /**
   * @param {(videoId: string) => void} resolve
   * @returns {ConstructorParameters<typeof import("tus-js-client").Upload>[1]}
   */
  #options(resolve) {
    return {
      endpoint: new URL(ENDPOINT, document.baseURI).href,
      chunkSize: CHUNK_BYTES,
      retryDelays: RETRY_MS,
      metadata: { filename: this.file.name, filetype: this.file.type },
      removeFingerprintOnSuccess: true,
      onBeforeRequest: (request) => {
        // for every request anew: the token changes when the sign-in is renewed
        for (const [name, value] of Object.entries(browserHeaders()))
          request.setHeader(name, value);
      },
      onAfterResponse: (_, answer) => this.#look(answer),
      onShouldRetry: (error) => this.#again(error),
      onProgress: (sent, total) => this.#moved(sent, total),
      onSuccess: () => {
        if (this.#videoId) resolve(this.#videoId);
        else this.#fail(new HttpError(200, "no_video", t("The server lost track of this upload.")));
      },
      onError: (error) =>
        this.#fail(
          this.#signedOut ? new HttpError(401, "not_signed_in", signedOut()) : uploadError(error),
        ),
    };
  }

  /**
   * Where this browser sent a part of the same file before, it goes on from there.
   * @param {(videoId: string) => void} resolve
   */
  async #begin(resolve) {
    const { Upload } = await loadTus();
    if (this.#wanted === "end") return;
    this.tus = new Upload(this.file, this.#options(resolve));
    const earlier = await this.tus.findPreviousUploads().catch(() => []);
    if (earlier[0]) this.tus.resumeFromPreviousUpload(earlier[0]);
    this.#ready = true;
    if (this.#wanted === "go") this.tus.start();
  }

  /**
   * An expired sign-in is renewed here, and the answer turned into a failure without an answer: on a 401 itself
   * the library would forget where it was.
   * @param {import("tus-js-client").HttpResponse} answer
   */
  async #look(answer) {
    this.#videoId = answer.getHeader("Video-Id") || this.#videoId;
    if (answer.getStatus() !== 401) return;
    this.#signedOut = !(await renewSignIn());
    throw new Error("The sign-in had run out");
  }

  /** @param {import("tus-js-client").DetailedError} error */
  #again(error) {
    if (this.#signedOut) return false;
    const again = worthRepeating(error.originalResponse?.getStatus() ?? 0);
    if (again) this.on.onStalled?.();
    return again;
  }

  /**
   * @param {number} sent
   * @param {number | null} total
   */
  #moved(sent, total) {
    this.#pace.add(performance.now(), sent);
    const size = total ?? this.file.size;
    this.on.onProgress(sent, size, this.#pace.secondsLeft(size));
  }

  /** NaN while it is not known. */
  get bytesPerSecond() {
    return this.#pace.perSecond;
  }

  pause() {
    this.#wanted = "pause";
    this.#pace.reset();
    this.tus?.abort();
  }

  resume() {
    this.#wanted = "go";
    this.#pace.reset();
    if (this.#ready) this.tus?.start();
  }

  /** Gives it up, here and on the server. */
  abort() {
    this.#wanted = "end";
    this.tus?.abort(true).catch(() => {}); // the server forgets it by itself after a day
    this.#fail(new DOMException("Given up", "AbortError"));
  }
}

/**
 * @param {File} file
 * @param {UploadEvents} on
 */
export const uploadFilm = (file, on) => new Transfer(file, on);

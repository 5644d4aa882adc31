/** The films of one person: fetched, kept fresh while something changes, changed. No drawing here. */

import { http } from "../lib/http.js";
import { Pace } from "./pace.js";
import { withKeptPictures } from "./pictures.js";
import { isChanging } from "./state.js";

/** @typedef {import("./types.js").Film} Film */
/** @typedef {import("./types.js").Usage} Usage */

const LIST = "/api/videos/";
const POLL_MS = 2_000;
/** An upload in another tab, or one that was left half-way, moves slowly. */
const POLL_UPLOADING_MS = 15_000;
const PROGRESS_WINDOW_MS = 90_000;

export class Library {
  /** @type {Film[]} the newest first */
  films = [];
  /** @type {Usage | null} */
  usage = null;
  /** @type {"loading" | "ready" | "failed"} */
  phase = "loading";
  /** @type {string} why it could not be fetched */
  reason = "";
  /** @type {string | null} the address of the next page */
  next = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #extraPages = false;
  /** @type {Map<string, Pace>} */
  #paces = new Map();

  /**
   * @param {() => void} changed
   * @param {AbortSignal} signal
   * @param {{get: (path: string) => Promise<any>}} [api]
   */
  constructor(changed, signal, api = http) {
    this.changed = changed;
    this.api = api;
    this.signal = signal;
    signal.addEventListener("abort", () => clearTimeout(this.#timer), { once: true });
  }

  /** The first page again, and whatever older film is in work. */
  async load() {
    clearTimeout(this.#timer);
    try {
      const page = await this.api.get(LIST);
      this.#takeFirst(page);
      const onPage = new Set(page.results.map((/** @type {Film} */ { id }) => id));
      const older = this.films.filter((film) => isChanging(film) && !onPage.has(film.id));
      await Promise.all(older.map(({ id }) => this.refresh(id)));
      this.phase = "ready";
    } catch (error) {
      this.reason = error instanceof Error ? error.message : "";
      if (this.phase !== "ready") this.phase = "failed"; // an old list is better than none
    }
    if (this.signal.aborted) return;
    this.changed();
    this.#plan();
  }

  /** @param {{results: Film[], next: string | null}} page */
  #takeFirst({ results, next }) {
    const last = results.at(-1)?.id ?? "";
    const older = this.#extraPages ? this.films.filter(({ id }) => id < last) : [];
    const known = new Map(this.films.map((film) => [film.id, film]));
    this.films = [...results.map((film) => this.#fresh(known.get(film.id), film)), ...older];
    if (!this.#extraPages) this.next = next;
  }

  /**
   * @param {Film | undefined} before
   * @param {Film} film
   */
  #fresh(before, film) {
    if (film.state === "processing") {
      const pace = this.#paces.get(film.id) ?? new Pace(PROGRESS_WINDOW_MS);
      this.#paces.set(film.id, pace);
      pace.add(performance.now(), film.progress);
    } else this.#paces.delete(film.id);
    return withKeptPictures(before, film);
  }

  async more() {
    if (!this.next) return;
    const { pathname, search } = new URL(this.next, location.href);
    const page = await this.api.get(pathname + search);
    this.#extraPages = true;
    this.films = [...this.films, ...page.results];
    this.next = page.next;
    this.changed();
  }

  /** @param {string} id */
  async refresh(id) {
    try {
      this.put(await this.api.get(`${LIST}${id}/`));
    } catch (error) {
      if (/** @type {any} */ (error).status === 404) this.remove(id);
      else throw error;
    }
  }

  async count() {
    this.usage = await this.api.get(`${LIST}usage/`).catch(() => this.usage);
    this.changed();
  }

  /** @param {string} id */
  find(id) {
    return this.films.find((film) => film.id === id);
  }

  /**
   * What the server says of a film now.
   * @param {Film} film
   */
  put(film) {
    const before = this.find(film.id);
    const fresh = this.#fresh(before, film);
    this.films = before
      ? this.films.map((one) => (one.id === film.id ? fresh : one))
      : [fresh, ...this.films];
    this.changed();
    this.#plan();
  }

  /** @param {string} id */
  remove(id) {
    this.films = this.films.filter((film) => film.id !== id);
    this.changed();
  }

  /**
   * How long it is still in work; NaN while that is not known.
   * @param {string} id
   */
  secondsLeft(id) {
    return this.#paces.get(id)?.secondsLeft(100) ?? Number.NaN;
  }

  #plan() {
    clearTimeout(this.#timer);
    if (this.signal.aborted || this.phase !== "ready") return;
    const changing = this.films.filter(isChanging);
    if (!changing.length) return;
    const soon = changing.some(({ state }) => state !== "uploading");
    this.#timer = setTimeout(() => this.load(), soon ? POLL_MS : POLL_UPLOADING_MS);
  }
}

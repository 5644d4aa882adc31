/** One's films: files come in, are followed until they can be watched, and lie in the library. */

import { html, nothing, render } from "lit";
import { repeat } from "lit/directives/repeat.js";
import "../components/sw-film.js";
import { readyToasts, toast, toastError } from "../components/toast.js";
import { meHere } from "../friends/page.js";
import { fill, find, need, whileBusy } from "../lib/dom.js";
import { bytes } from "../lib/format.js";
import { t, tn } from "../lib/words.js";
import { drawing, glyph } from "../room/ui.js";
import { noAnswer, noFilms } from "../videos/blanks.js";
import { choosePoster, deleteFilm, retryFilm, watchFilm } from "../videos/deeds.js";
import { wireDropZone } from "../videos/drop-zone.js";
import { Farewell, parted } from "../videos/farewell.js";
import { wireFilmMenus } from "../videos/film-menu.js";
import { filmJob, uploadJob } from "../videos/job.js";
import { Library } from "../videos/library.js";
import { isInWork } from "../videos/state.js";
import { Uploads } from "../videos/uploads.js";

/** @typedef {import("../videos/types.js").Film} Film */

const root = need("[data-videos]");
const jobsPlace = need("[data-jobs]", root);
const filmsPlace = need("[data-films]", root);
const usagePlace = need("[data-usage]", root);
let usageDrawn = false;
const life = new AbortController();
const draw = drawing(drawAll);
const library = new Library(draw, life.signal);
const uploads = new Uploads({
  limit: Number(root.dataset.limit),
  changed: draw,
  arrived: (videoId) => library.refresh(videoId).then(() => library.count()),
});
/** Once a film was shown large it stays so until the page is left. @type {Set<string>} */
const large = new Set();
/** What was said of a film last, to tell the news once. @type {Map<string, string>} */
const told = new Map();

/** @type {import("../videos/job.js").FilmDeeds} */
const deeds = {
  watch: (film, button) => whileBusy(button, () => watchFilm(film)).catch(toastError),
  retry: (film, button) =>
    whileBusy(button, async () => {
      large.add(film.id);
      library.put(await retryFilm(film));
    }).catch(toastError),
  remove: (film) => farewell.begin(film),
  choose: (film, candidate) =>
    choosePoster(film, candidate).then((fresh) => library.put(fresh), toastError),
  subtitle: (film) => giveSubtitle(film).catch(toastError),
};

/** @param {Film} film */
async function giveSubtitle(film) {
  const { addSubtitle } = await import("../videos/film-forms.js"); // rarely wanted
  if (await addSubtitle(film)) await library.refresh(film.id);
}

const farewell = new Farewell({
  remove: async (id, options) => {
    await deleteFilm(id, options);
    library.remove(id);
    await library.count();
  },
  offer: (words, { onUndo, onEnd }) =>
    void toast(words, { icon: "trash", action: { label: t("Undo"), run: onUndo }, onEnd }),
  failed: toastError,
  changed: draw,
});

function drawAll() {
  for (const film of library.films) if (isInWork(film)) large.add(film.id);
  tellNews();
  drawJobs();
  drawFilms();
  drawUsage();
}

/** Somebody who looks elsewhere hears when a film can be watched, and when it failed. */
function tellNews() {
  for (const film of library.films) {
    const news = film.state === "failed" ? "failed" : film.playable ? "playable" : "not yet";
    const before = told.get(film.id);
    told.set(film.id, news);
    if (before !== "not yet" || news === "not yet") continue;
    if (news === "failed")
      toast(t("“{title}” could not be prepared", { title: film.title }), { kind: "bad" });
    else
      toast(t("“{title}” can be watched now", { title: film.title }), {
        kind: "ok",
        action: { label: t("Watch"), run: () => watchFilm(film).catch(toastError) },
      });
  }
}

function drawJobs() {
  const films = library.films.filter(({ id }) => large.has(id) && !farewell.has(id));
  const count = films.length + uploads.jobs.length;
  need("[data-on-the-way]", root).hidden = !count;
  need("[data-jobs-count]", root).textContent = tn("{n} film", "{n} films", count);
  need("[data-stay]", root).textContent = uploads.jobs.length
    ? t("Keep this page open until the upload is done")
    : t("You may close this page, it goes on");
  render(
    html`${repeat(
      uploads.jobs,
      ({ key }) => key,
      (job) => uploadJob(job, uploads),
    )}${repeat(
      films,
      ({ id }) => id,
      (film) => filmJob(film, library.secondsLeft(film.id), deeds),
    )}`,
    jobsPlace,
  );
}

function drawFilms() {
  if (library.phase === "loading") return;
  if (filmsPlace.hasAttribute("aria-busy")) fill(filmsPlace); // the skeleton goes
  filmsPlace.removeAttribute("aria-busy");
  render(filmsInside(), filmsPlace);
}

function filmsInside() {
  if (library.phase === "failed") return noAnswer(library.reason, () => library.load());
  const here = new Set(uploads.jobs.map(({ title }) => title));
  const films = library.films.filter(
    ({ id, state, title }) =>
      !large.has(id) && !farewell.has(id) && !(state === "uploading" && here.has(title)),
  );
  need("[data-library]", root).hidden = !films.length && large.size + uploads.jobs.length > 0;
  if (!films.length)
    return noFilms(t("What you add appears here, and plays before it is completely prepared."));
  return html`<div class="films">${repeat(
    films,
    ({ id }) => id,
    (film) =>
      html`<sw-film .film=${film} menu @retry=${(/** @type {CustomEvent} */ { detail }) => deeds.retry(film, detail)}></sw-film>`,
  )}</div>${
    library.next
      ? html`<p class="center more"><button class="btn btn-quiet" type="button" @click=${more}>${glyph("down")}${t("Show more")}</button></p>`
      : nothing
  }`;
}

/** @param {any} event */
const more = ({ currentTarget }) =>
  whileBusy(currentTarget, () => library.more()).catch(toastError);

function drawUsage() {
  const { usage } = library;
  usagePlace.hidden = !usage && library.phase === "failed";
  if (!usage) return;
  if (!usageDrawn) fill(usagePlace); // its room was kept, so that nothing below moves
  usageDrawn = true;
  const { quota_bytes: quota } = usage;
  render(
    html`<div><dt class="dim">${quota ? t("Your room on this server") : tn("{n} film", "{n} films", usage.videos)}</dt>
      <dd class="num">${bytes(usage.bytes)}${quota ? html` <span class="dim">${t("of {whole}", { whole: bytes(quota) })}</span>` : nothing}</dd></div>
      ${quota ? html`<progress class="bar bar-6" max=${quota} value=${usage.bytes} aria-label=${t("Room taken")}></progress>` : nothing}`,
    usagePlace,
  );
}

readyToasts();
if (find("[data-bell]")) meHere(life.signal);
need("[data-limit-words]", root).textContent = bytes(uploads.limit);
wireDropZone({
  zone: need("[data-drop]", root),
  button: need("[data-choose]", root),
  input: need("[data-file]", root),
  take: (files) => {
    for (const words of uploads.add(files)) toast(words, { kind: "warn" });
  },
});
wireFilmMenus(root, { library, deeds, signal: life.signal });
addEventListener("pagehide", () => farewell.finish());
addEventListener("online", () => uploads.resumeBroken());
addEventListener("beforeunload", (event) => {
  if (uploads.busy) event.preventDefault();
});
library.load();
library.count();
const left = parted(sessionStorage);
if (left) farewell.begin(left);

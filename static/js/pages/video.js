/** One film of one's own: how far it is, its poster, tracks, and what can be done with it. */

import { render } from "lit";
import { readyToasts, toast, toastError } from "../components/toast.js";
import { meHere } from "../friends/page.js";
import { fill, find, icon, need, whileBusy } from "../lib/dom.js";
import { http } from "../lib/http.js";
import { t } from "../lib/words.js";
import { setText } from "../room/ui.js";
import { dotted } from "../videos/card.js";
import { choosePoster, removeSubtitle, retryFilm, watchFilm } from "../videos/deeds.js";
import { partWith } from "../videos/farewell.js";
import { addSubtitle, renameFilm } from "../videos/film-forms.js";
import { acts, noFilm, side } from "../videos/film-side.js";
import { Pace } from "../videos/pace.js";
import { withKeptPictures } from "../videos/pictures.js";
import { factsOf, hueOf, isChanging } from "../videos/state.js";

/** @typedef {import("../videos/types.js").Film} Film */
/** @typedef {import("../videos/types.js").Track} Track */

const POLL_MS = 2_000;
const PROGRESS_WINDOW_MS = 90_000;
const root = need("[data-one]");
const screen = need("[data-screen]", root);
const path = `/api/videos/${root.dataset.one}/`;
const pace = new Pace(PROGRESS_WINDOW_MS);
/** @type {Film | undefined} */
let film;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let asking;

/** @param {Film} now */
function take(now) {
  film = withKeptPictures(film, now);
  if (film.state === "processing") pace.add(performance.now(), film.progress);
  else pace.reset();
  draw(film);
  clearTimeout(asking);
  if (isChanging(film)) asking = setTimeout(load, POLL_MS);
}

async function load() {
  try {
    take(await http.get(path));
  } catch (error) {
    if (film)
      asking = setTimeout(load, POLL_MS); // what is on the page stays until it answers again
    else {
      root.removeAttribute("aria-busy");
      render(noFilm(error instanceof Error ? error.message : "", load), need("[data-side]", root));
    }
  }
}

/** @param {Film} now */
function draw(now) {
  root.removeAttribute("aria-busy");
  setText(need("[data-title]", root), now.title);
  document.title = `${now.title} · SyncWatch`;
  const { width, height } = now;
  const size = width && height ? `${width} × ${height}` : "";
  const facts = factsOf({ ...now, height: null });
  render(
    dotted([facts[0] ?? "", size, ...facts.slice(1)].filter(Boolean)),
    need("[data-facts]", root),
  );
  drawPicture(now);
  render(acts(now, deeds), need("[data-acts]", root));
  render(side(now, pace.secondsLeft(100), deeds), need("[data-side]", root));
}

/** @param {Film} now */
function drawPicture(now) {
  const failed = now.state === "failed" && !now.poster;
  screen.classList.toggle("poster-bad", failed);
  screen.toggleAttribute("data-scene", !failed && !now.poster);
  screen.dataset.hue = String(hueOf(now.id));
  const picture = screen.querySelector("img");
  const ambient = need("[data-ambient]", root);
  ambient.hidden = !now.poster;
  if (!now.poster) return fill(screen, icon(failed ? "warning" : "film"));
  if (picture?.getAttribute("src") === now.poster) return;
  const fresh = new Image();
  fresh.alt = "";
  fresh.src = now.poster;
  ambient.setAttribute("src", now.poster);
  fill(screen, fresh);
}

/** @typedef {{currentTarget: HTMLElement}} Press */

/** @param {Press} press */
const watch = ({ currentTarget }) =>
  film && whileBusy(currentTarget, () => watchFilm(/** @type {Film} */ (film))).catch(toastError);

/** @param {Press} press */
const retry = ({ currentTarget }) =>
  whileBusy(currentTarget, async () => film && take(await retryFilm(film))).catch(toastError);

const rename = () =>
  film &&
  renameFilm(film)
    .then((fresh) => fresh && take(fresh))
    .catch(toastError);

/** @param {number} candidate */
const choose = (candidate) => film && choosePoster(film, candidate).then(take, toastError);

const subtitle = () =>
  film &&
  addSubtitle(film)
    .then((added) => (added ? load() : undefined))
    .catch(toastError);

function remove() {
  if (!film) return;
  partWith(film, sessionStorage); // the library deletes it, and offers the way back
  location.assign("/videos");
}

/**
 * @param {Track} track
 * @param {HTMLElement} button
 */
const unsubtitle = (track, button) =>
  whileBusy(button, async () => {
    if (!film || !track.id) return;
    await removeSubtitle(film, track.id);
    await load();
    toast(t("Removed"), { kind: "ok" });
  }).catch(toastError);

/** @type {import("../videos/film-side.js").Deeds} */
const deeds = { watch, retry, rename, remove, choose, subtitle, unsubtitle };

readyToasts();
if (find("[data-bell]")) meHere(new AbortController().signal);
fill(need("[data-side]", root));
load();

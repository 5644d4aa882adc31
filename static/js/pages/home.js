/** Home: go on watching, open a room, look through rooms and films. */

import { html, render } from "lit";
import { repeat } from "lit/directives/repeat.js";
import "../components/sw-film.js";
import { showNews } from "../chat/news.js";
import { openDialog } from "../components/dialog.js";
import { readyToasts, toastError } from "../components/toast.js";
import { meHere } from "../friends/page.js";
import { mountFriends, wireAdding } from "../friends/panel.js";
import { fill, find, need, whileBusy } from "../lib/dom.js";
import { delegate } from "../lib/events.js";
import { bytes } from "../lib/format.js";
import { wireForm } from "../lib/forms.js";
import { http } from "../lib/http.js";
import { t, tn } from "../lib/words.js";
import { drawing } from "../room/ui.js";
import { noAnswer, noFilms } from "../videos/blanks.js";
import { Library } from "../videos/library.js";
import { matches } from "../videos/search.js";

/** @typedef {import("../videos/types.js").Film} Film */

const SHOWN = 4;
const filmsPlace = need("[data-films]");
const search = /** @type {HTMLInputElement} */ (need("[data-search]"));
const life = new AbortController();
const library = new Library(drawing(draw), life.signal);

function draw() {
  if (library.phase !== "loading") {
    if (filmsPlace.hasAttribute("aria-busy")) fill(filmsPlace); // the skeleton goes
    filmsPlace.removeAttribute("aria-busy");
    render(filmsInside(), filmsPlace);
    drawScenes();
    drawUsage();
  }
  filter();
}

function filmsInside() {
  if (library.phase === "failed") return noAnswer(library.reason, () => library.load());
  if (!library.films.length)
    return noFilms(t("Bring one: it plays while it is still being prepared."), {
      act: t("Upload a film"),
      href: "/videos",
    });
  const films = search.value ? library.films : library.films.slice(0, SHOWN);
  return html`<div class="films">${repeat(
    films,
    ({ id }) => id,
    (film) =>
      html`<sw-film data-find=${film.title} .film=${film} @retry=${(/** @type {CustomEvent} */ { detail }) => retry(film, detail)}></sw-film>`,
  )}</div>`;
}

/**
 * @param {Film} film
 * @param {HTMLElement} button
 */
const retry = (film, button) =>
  whileBusy(button, async () => {
    const { retryFilm } = await import("../videos/deeds.js"); // rarely needed
    library.put(await retryFilm(film));
  }).catch(toastError);

/** Rooms show the picture of what is on where it is a film of one's own; others keep their light. */
function drawScenes() {
  for (const scene of /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll("[data-scene][data-video]")
  )) {
    const poster = library.find(scene.dataset.video ?? "")?.poster;
    if (!poster || scene.dataset.shown === poster) continue;
    scene.dataset.shown = poster;
    const picture = find("img", scene) ?? scene.appendChild(new Image());
    picture.setAttribute("alt", "");
    picture.setAttribute("src", poster);
    find(".ambient", scene.parentElement ?? scene)?.setAttribute("src", poster);
  }
}

function drawUsage() {
  const { usage } = library;
  if (!usage) return;
  const size = usage.quota_bytes
    ? t("{part} of {whole}", { part: bytes(usage.bytes), whole: bytes(usage.quota_bytes) })
    : bytes(usage.bytes);
  need("[data-usage]").textContent = usage.videos
    ? `${tn("{n} film", "{n} films", usage.videos)}, ${size}`
    : "";
}

/** Hides what goes by another name, and the sections that are left with nothing. */
function filter() {
  const wanted = search.value;
  let found = 0;
  for (const section of /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll("[data-section]")
  )) {
    const entries = /** @type {HTMLElement[]} */ ([...section.querySelectorAll("[data-find]")]);
    for (const entry of entries) entry.hidden = !matches(entry.dataset.find ?? "", wanted);
    const left = entries.filter(({ hidden }) => !hidden).length;
    section.hidden = Boolean(wanted.trim()) && !left;
    found += left;
  }
  need("[data-nothing]").hidden = !wanted.trim() || found > 0;
}

search.addEventListener("input", draw);
search.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  search.value = "";
  draw();
});
document.addEventListener("keydown", (event) => {
  const target = /** @type {Element} */ (event.target);
  if (event.key !== "/" || target.closest("input, textarea, select, dialog")) return;
  event.preventDefault();
  search.focus();
});

const dialog = /** @type {HTMLDialogElement} */ (need("#new-room"));
const newRoom = () => {
  openDialog(dialog);
  /** @type {HTMLInputElement} */ (need("#room-name", dialog)).select();
};
delegate(document, "click", "[data-new-room]", newRoom);
if (new URLSearchParams(location.search).has("new")) newRoom();
wireForm(/** @type {HTMLFormElement} */ (need("[data-new-room-form]")), {
  send: async ({ password, knocks, temporary, ...room }) => {
    const wish = { ...room, knocks: Boolean(knocks), temporary: Boolean(temporary) };
    const opened = await http.post("/api/rooms/", password ? { ...wish, password } : wish);
    location.assign(`/r/${opened.code}`);
  },
});

delegate(document, "click", "[data-reopen]", (button) =>
  whileBusy(/** @type {HTMLElement} */ (button), async () => {
    const { code } = await http.post(`/api/rooms/${button.getAttribute("data-reopen")}/reopen/`);
    location.assign(`/r/${code}`);
  }).catch(toastError),
);

const evenings = find("[data-evenings]");
if (evenings)
  import("../home/evenings.js").then(({ sayWhen, wireAnswers }) => {
    sayWhen(evenings);
    wireAnswers(evenings, life.signal);
  });

readyToasts();
const friends = find("[data-friends]");
if (friends) {
  const rooms = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-code]")]).map(
    ({ dataset: { code = "", name = "" } }) => ({ code, name }),
  );
  mountFriends(meHere(life.signal), friends, { rooms, drawn: filter, signal: life.signal });
  wireAdding();
}
library.load();
library.count();
showNews(document);

/** Public rooms: found while one types, fresh again when the page comes back into view. */

import { readyToasts, toastError } from "../components/toast.js";
import { meHere } from "../friends/page.js";
import { find, need } from "../lib/dom.js";
import { http } from "../lib/http.js";
import { t, tn } from "../lib/words.js";

const TYPED_MS = 250;
const life = new AbortController();
const results = need("[data-results]");
const form = /** @type {HTMLFormElement} */ (need("[data-find-rooms]"));
const field = /** @type {HTMLInputElement} */ (need("input[type=search]", form));
/** @type {AbortController | null} */
let asking = null;
/** @type {any} */
let typed = null;

const address = () => {
  const words = field.value.trim();
  return words ? `/rooms?q=${encodeURIComponent(words)}` : "/rooms";
};

/**
 * The list as the server draws it, put in place of the one that stands.
 * @param {string} path
 */
async function show(path) {
  asking?.abort();
  const mine = new AbortController();
  asking = mine;
  results.setAttribute("aria-busy", "true");
  try {
    const page = await http.get(path, { as: "text", signal: mine.signal });
    const drawn = find("[data-results]", new DOMParser().parseFromString(page, "text/html").body);
    if (!drawn) return location.assign(path); // signed out meanwhile: the server leads on
    results.replaceChildren(...drawn.childNodes);
    say();
  } catch (error) {
    if (!mine.signal.aborted) toastError(error);
  }
  if (asking === mine) results.removeAttribute("aria-busy");
}

function say() {
  const count = Number(find("[data-count]", results)?.dataset.count ?? 0);
  need("[data-said]").textContent = count
    ? tn("{n} room", "{n} rooms", count)
    : t("No room goes by that name.");
}

async function search() {
  clearTimeout(typed);
  history.replaceState(null, "", address());
  await show(address());
}

field.addEventListener("input", () => {
  clearTimeout(typed);
  typed = setTimeout(search, TYPED_MS);
});
field.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !field.value) return;
  event.preventDefault();
  field.value = "";
  void search();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  void search();
});
document.addEventListener("keydown", (event) => {
  const target = /** @type {Element} */ (event.target);
  if (event.key !== "/" || target.closest("input, textarea, select, dialog")) return;
  event.preventDefault();
  field.focus();
});
document.addEventListener("visibilitychange", () => {
  const reading = results.contains(document.activeElement); // nothing moves under one's fingers
  if (!document.hidden && !reading) void show(location.pathname + location.search);
});

readyToasts();
meHere(life.signal);

/** The player bar's buttons and the film frame: playing or not, empty or not, allowed or not. */

import { need } from "../lib/dom.js";
import { lens } from "../lib/lens.js";
import { t } from "../lib/words.js";
import { drawing } from "./ui.js";

/** @typedef {import("./types.js").Ctx} Ctx */

/**
 * @param {Ctx} ctx
 * @param {{film: HTMLElement, deck: HTMLElement, stage: import("./views.js").Stage}} parts
 */
export function mountPlayer({ conductor, remote, room, signal }, { film, deck, stage }) {
  const toggle = need("[data-play-toggle]", deck);
  const use = need("use", toggle);
  const draw = drawing(() => {
    const empty = !room.value.timeline.item_id;
    film.classList.toggle("is-empty", empty);
    deck.hidden = empty;
    stage.shows(!empty);
    const paused = conductor.state?.paused ?? true;
    film.classList.toggle("is-paused", paused);
    use.setAttribute("href", paused ? "#i-play" : "#i-pause");
    toggle.setAttribute("aria-label", paused ? t("Play") : t("Pause"));
    for (const button of deck.querySelectorAll(".isle-main .iconbtn"))
      button.setAttribute("aria-disabled", String(!remote.allowed));
  });

  toggle.addEventListener("click", () => remote.do("toggle"), { signal });
  for (const button of deck.querySelectorAll("[data-skip]")) {
    button.addEventListener("click", () => remote.skip(Number(button.getAttribute("data-skip"))), {
      signal,
    });
  }

  signal.addEventListener("abort", conductor.on("state", draw), { once: true });
  room.subscribe(draw, signal);
  for (const isle of /** @type {NodeListOf<HTMLElement>} */ (
    deck.querySelectorAll(".lens-glass")
  )) {
    signal.addEventListener("abort", lens(isle), { once: true });
  }
  draw();
  wireMediaKeys(conductor, remote, signal);
}

/**
 * Keys of the keyboard, a headset or the lock screen act for the room.
 * @param {any} conductor
 * @param {import("./remote.js").Remote} remote
 * @param {AbortSignal} signal
 */
function wireMediaKeys(conductor, remote, signal) {
  const session = navigator.mediaSession;
  if (!session) return;
  /** @type {[MediaSessionAction, (details: MediaSessionActionDetails) => void][]} */
  const handlers = [
    ["play", () => remote.do("play")],
    ["pause", () => remote.do("pause")],
    ["seekbackward", ({ seekOffset }) => remote.skip(-(seekOffset ?? 10))],
    ["seekforward", ({ seekOffset }) => remote.skip(seekOffset ?? 10)],
    ["seekto", ({ seekTime }) => seekTime !== undefined && remote.seek(seekTime)],
  ];
  const set = (/** @type {boolean} */ on) =>
    handlers.forEach(([name, run]) => {
      try {
        session.setActionHandler(name, on ? run : null);
      } catch {
        // this browser does not know that action
      }
    });
  set(true);
  signal.addEventListener("abort", () => set(false), { once: true });
  signal.addEventListener(
    "abort",
    conductor.on("external_pause", () => remote.allowed && remote.do("pause")),
    { once: true },
  );
}

/** Menus of the room: captions, sound, quality and speed, the room itself. Filled each time they open. */

import { html, nothing } from "lit";
import { menuItem, menuOn } from "../components/drawn-menu.js";
import { t } from "../lib/words.js";
import { trackName } from "../videos/state.js";
import { mayChange } from "./evening/state.js";
import { rateText } from "./words.js";

/** @typedef {import("./types.js").Ctx} Ctx */

/** How one comes back into step. @type {[import("../sync/way-back.js").WayBack, () => string][]} */
const WAYS = [
  ["jump", () => t("Jump to the others")],
  ["run", () => t("Catch up at 1.1×")],
];
const RATES = [0.5, 0.75, 1, 1.25, 1.5, 2];

/**
 * The next speed of the menu in a direction; the last one stays the last.
 * @param {number} rate
 * @param {number} by 1 faster, -1 slower
 */
export const stepRate = (rate, by) =>
  (by > 0 ? RATES.find((one) => one > rate) : RATES.findLast((one) => one < rate)) ?? rate;

/**
 * A player calls a track's title its label; without one a playlist has the language's code there.
 * @param {import("../sync/types.js").Track} track
 */
const nameOf = ({ label, lang = "", id }) =>
  trackName({ title: label === lang ? "" : label, language: lang }, id);

/** @param {import("../sync/types.js").Track} level */
const isAuto = ({ id }) => id < 0;
/** Choosing nothing stands above the largest. @param {import("../sync/types.js").Track} level */
const heightOf = (level) => (isAuto(level) ? Number.POSITIVE_INFINITY : (level.height ?? 0));

/**
 * @param {Ctx} ctx
 * @param {HTMLElement} root
 */
export function mountPlayerMenus({ conductor, remote, signal }, root) {
  const { tracks } = conductor;
  const captions = () => {
    const list = tracks.subtitles();
    if (!list.length)
      return html`<p class="cap">${t("Captions, only for you")}</p><p class="note">${t("This film has no captions.")}</p>`;
    const off = !list.some(({ active }) => active);
    return html`<p class="cap">${t("Captions, only for you")}</p>
      ${menuItem({ words: t("Off"), checked: off, run: () => tracks.setSubtitle(-1) })}
      ${list.map((track) => menuItem({ words: nameOf(track), checked: track.active, run: () => tracks.setSubtitle(track.id) }))}`;
  };

  const player = () => {
    const levels = [...tracks.levels()].sort((a, b) => heightOf(b) - heightOf(a));
    const seen = levels.find(({ shown }) => shown);
    const audio = tracks.audio();
    const rate = conductor.state?.rate ?? 1;
    return html`
      ${
        levels.length
          ? html`<p class="cap">${t("Quality, only for you")}</p>${levels.map((level) =>
              menuItem({
                words: isAuto(level) ? t("Auto") : level.label,
                ...(isAuto(level) && seen ? { end: seen.label } : {}),
                checked: level.active,
                run: () => tracks.setLevel(level.id),
              }),
            )}`
          : nothing
      }
      ${
        audio.length > 1
          ? html`<hr><p class="cap">${t("Sound, only for you")}</p>${audio.map((track) =>
              menuItem({
                words: nameOf(track),
                icon: "volume",
                checked: track.active,
                run: () => tracks.setAudio(track.id),
              }),
            )}`
          : nothing
      }
      ${levels.length || audio.length > 1 ? html`<hr>` : nothing}
      <p class="cap">${conductor.detached ? t("Speed, only for you") : t("Speed, for everyone")}</p>
      <div class="rates">${RATES.map(
        (
          one,
        ) => html`<button class="item" type="button" role="menuitemradio" aria-checked=${String(one === rate)}
        @click=${() => remote.do("rate", one)}>${rateText(one)}</button>`,
      )}</div>
      <hr><p class="cap">${t("When you are behind")}</p>
      ${WAYS.map(([way, words]) => menuItem({ words: words(), checked: conductor.pace.way === way, run: () => (conductor.pace.way = way) }))}
      <hr>${menuItem({ words: t("Don’t wait for me"), alone: true, checked: conductor.pace.unwaited, run: () => (conductor.pace.unwaited = !conductor.pace.unwaited) })}
      ${conductor.detached ? menuItem({ words: t("Back in step"), icon: "sync", run: () => conductor.resync() }) : menuItem({ words: t("Watch on your own"), icon: "eye-off", run: () => conductor.detach() })}`;
  };
  const delay = () => html`<hr><p class="cap">${t("Sound delay, this device")}</p>
      <label class="slide"><input type="range" min="-500" max="500" step="10" .value=${String(conductor.outputOffsetMs)} aria-label=${t("Sound delay in milliseconds")}
        @input=${(/** @type {any} */ event) => offset(event.target)}><span><span>${t("For headphones that lag")}</span><output class="num">${t("{n} ms", { n: conductor.outputOffsetMs })}</output></span></label>`;
  const offset = (/** @type {HTMLInputElement} */ input) => {
    conductor.setOutputOffset(Number(input.value));
    redraw();
  };

  /** @type {Record<string, [string, () => unknown, (() => unknown)?]>} */
  const menus = {
    captions: [t("Captions"), captions],
    player: [t("Sound, quality and speed"), player, delay],
  };
  const made = Object.entries(menus).flatMap(([name, [label, content, below]]) =>
    /** @type {HTMLElement[]} */ ([...root.querySelectorAll(`[data-menu="${name}"]`)]).map(
      (button) => menuOn(button, label, content, signal, below),
    ),
  );
  const redraw = () => {
    for (const { menu, draw } of made) if (menu.matches(":popover-open")) draw();
  };
  signal.addEventListener("abort", conductor.on("tracks", redraw), { once: true });
}

/**
 * @param {Ctx} ctx
 * @param {HTMLElement} button
 * @param {{leave: () => void, close: () => void, saveChat: () => void}} deeds
 */
export function mountRoomMenu({ room, remote, views, signal }, button, { leave, close, saveChat }) {
  menuOn(
    button,
    t("Room menu"),
    () => html`
    ${menuItem({ words: t("Invite people"), icon: "invite", run: () => views.open("invite") })}
    ${menuItem({ words: t("Add a film"), icon: "plus", run: () => views.open("films") })}
    ${mayChange(room.value, room.value.evening) ? menuItem({ words: room.value.evening ? t("Change the evening") : t("Plan an evening"), icon: "clock", run: () => views.open("evening") }) : nothing}
    ${remote.can("settings") ? menuItem({ words: t("Room settings"), icon: "settings", run: () => views.open("settings") }) : nothing}
    ${menuItem({ words: t("Who may do what"), icon: "key", run: () => views.open("rights") })}
    ${menuItem({ words: t("Theatre"), icon: "theatre", run: () => views.toggleTheatre() })}
    ${menuItem({ words: t("Full screen"), icon: "fullscreen", run: () => views.toggleFull() })}
    ${remote.can("moderate") ? menuItem({ words: t("Keeping order"), icon: "flag", ...(room.value.reports ? { end: String(room.value.reports) } : {}), run: () => views.open("moderation") }) : nothing}
    ${remote.can("moderate") ? menuItem({ words: t("Save the chat"), icon: "chat", run: saveChat }) : nothing}
    ${menuItem({ words: t("Keys"), icon: "keyboard", run: () => views.open("keys") })}
    <hr>
    ${room.value.me.role === "owner" ? menuItem({ words: t("Close the room"), icon: "trash", bad: true, run: close }) : nothing}
    ${menuItem({ words: t("Leave room"), icon: "leave", bad: true, run: leave })}`,
    signal,
  );
}

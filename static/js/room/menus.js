/** Menus of the room: captions, sound, quality and speed, the room itself. Filled each time they open. */

import { html, nothing, render } from "lit";
import { wireMenu } from "../components/menu.js";
import { find, h } from "../lib/dom.js";
import { trackName } from "../videos/state.js";
import { glyph } from "./ui.js";
import { rateText } from "./words.js";

/** @typedef {import("./types.js").Ctx} Ctx */
/** @typedef {{words: string, run: () => void, icon?: string, end?: string, checked?: boolean, bad?: boolean, keep?: boolean, disabled?: boolean}} Item */

const RATES = [0.5, 0.75, 1, 1.25, 1.5, 2];

/**
 * The next speed of the menu in a direction; the last one stays the last.
 * @param {number} rate
 * @param {number} by 1 faster, -1 slower
 */
export const stepRate = (rate, by) =>
  (by > 0 ? RATES.find((one) => one > rate) : RATES.findLast((one) => one < rate)) ?? rate;

/** @param {Item} item */
export const menuItem = ({ words, run, icon, end, checked, bad, keep, disabled }) => html`<button
  class="item ${bad ? "bad" : ""}" type="button" role=${checked === undefined ? "menuitem" : "menuitemradio"}
  aria-checked=${checked === undefined ? nothing : String(checked)} ?data-keep-open=${keep ?? false} ?disabled=${disabled ?? false}
  @click=${run}>${icon ? glyph(icon) : nothing}<span class="grow">${words}</span>${end ? html`<span class="end num">${end}</span>` : nothing}${
    checked ? glyph("check", "i-16 i-check") : nothing
  }</button>`;

/**
 * A menu that belongs to one button and is drawn anew each time it opens.
 * @param {HTMLElement} button
 * @param {string} label
 * @param {() => unknown} content
 * @param {AbortSignal} signal
 * @param {() => unknown} [below] what stands under the items and is none
 */
export function menuOn(button, label, content, signal, below = () => nothing) {
  const list = h("div", { role: "menu", "aria-label": label });
  const rest = h("div"); // a slider is no item of a menu
  const menu = h("div", { class: "menu glass glass-strong", popover: "auto" }, list, rest);
  // among what the page is about, where people who jump by landmarks find it
  (find("main") ?? document.body).append(menu);
  const draw = () => {
    render(content(), list);
    render(below(), rest);
    list.role = list.querySelector(".item") ? "menu" : "group"; // a menu of nothing is none
  };
  menu.addEventListener(
    "beforetoggle",
    (event) => /** @type {ToggleEvent} */ (event).newState === "open" && draw(),
    { signal },
  );
  wireMenu(button, menu, { signal });
  signal.addEventListener("abort", () => menu.remove(), { once: true });
  return { menu, draw };
}

/** A player calls a track's title its label. @param {import("../sync/types.js").Track} track */
const nameOf = ({ label, lang = "", id }) => trackName({ title: label, language: lang }, id);

/**
 * @param {Ctx} ctx
 * @param {HTMLElement} root
 */
export function mountPlayerMenus({ conductor, remote, signal }, root) {
  const { tracks } = conductor;
  const captions = () => {
    const list = tracks.subtitles();
    if (!list.length)
      return html`<p class="cap">Captions, only for you</p><p class="note">This film has no captions.</p>`;
    const off = !list.some(({ active }) => active);
    return html`<p class="cap">Captions, only for you</p>
      ${menuItem({ words: "Off", checked: off, run: () => tracks.setSubtitle(-1) })}
      ${list.map((track) => menuItem({ words: nameOf(track), checked: track.active, run: () => tracks.setSubtitle(track.id) }))}`;
  };

  const player = () => {
    const levels = [...tracks.levels()].sort((a, b) => (b.height ?? 0) - (a.height ?? 0));
    const audio = tracks.audio();
    const rate = conductor.state?.rate ?? 1;
    return html`
      ${
        levels.length
          ? html`<p class="cap">Quality, only for you</p>${levels.map((level) =>
              menuItem({
                words: Number(level.id) < 0 ? "Auto" : (level.label ?? `${level.height}p`),
                checked: level.active,
                run: () => tracks.setLevel(level.id),
              }),
            )}`
          : nothing
      }
      ${
        audio.length > 1
          ? html`<hr><p class="cap">Sound, only for you</p>${audio.map((track) =>
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
      <p class="cap">Speed, for everyone</p>
      <div class="rates">${RATES.map(
        (
          one,
        ) => html`<button class="item" type="button" role="menuitemradio" aria-checked=${String(one === rate)}
        @click=${() => remote.do("rate", one)}>${rateText(one)}</button>`,
      )}</div>
`;
  };
  const delay = () => html`<hr><p class="cap">Sound delay, this device</p>
      <label class="slide"><input type="range" min="-500" max="500" step="10" .value=${String(conductor.outputOffsetMs)} aria-label="Sound delay in milliseconds"
        @input=${(/** @type {any} */ event) => offset(event.target)}><span><span>For headphones that lag</span><output class="num">${conductor.outputOffsetMs} ms</output></span></label>`;
  const offset = (/** @type {HTMLInputElement} */ input) => {
    conductor.setOutputOffset(Number(input.value));
    const output = input.parentElement?.querySelector("output");
    if (output) output.textContent = `${input.value} ms`;
  };

  /** @type {Record<string, [string, () => unknown, (() => unknown)?]>} */
  const menus = {
    captions: ["Captions", captions],
    player: ["Sound, quality and speed", player, delay],
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
 * @param {{leave: () => void, close: () => void}} deeds
 */
export function mountRoomMenu({ remote, views, signal }, button, { leave, close }) {
  menuOn(
    button,
    "Room menu",
    () => html`
    ${menuItem({ words: "Invite people", icon: "invite", run: () => views.open("invite") })}
    ${menuItem({ words: "Add a film", icon: "plus", run: () => views.open("films") })}
    ${remote.can("settings") ? menuItem({ words: "Room settings", icon: "settings", run: () => views.open("settings") }) : nothing}
    ${menuItem({ words: "Theatre", icon: "theatre", run: () => views.toggleTheatre() })}
    ${menuItem({ words: "Full screen", icon: "fullscreen", run: () => views.toggleFull() })}
    ${menuItem({ words: "Keys", icon: "keyboard", run: () => views.open("keys") })}
    <hr>
    ${remote.can("settings") ? menuItem({ words: "Close the room for good", icon: "trash", bad: true, run: close }) : nothing}
    ${menuItem({ words: "Leave room", icon: "leave", bad: true, run: leave })}`,
    signal,
  );
}

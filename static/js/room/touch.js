/** Fingers and mouse on the film itself: taps show the controls or jump; clicks play, and fill the screen. */

import { h, icon } from "../lib/dom.js";
import { isTap, jumpText, sideOf, Taps } from "./taps.js";

/** @typedef {import("./types.js").Ctx} Ctx */
/** @typedef {import("./taps.js").Touch} Touch */

/** A click waits so long for a second one: playing is everybody's, and must not flicker. */
const CLICK_MS = 240;

/** @param {PointerEvent} event @returns {Touch} */
const touchOf = ({ timeStamp, clientX, clientY }) => ({ atMs: timeStamp, x: clientX, y: clientY });

/**
 * Whether the picture was met, and nothing that lies on it.
 * @param {Event} event
 */
const isBare = ({ target, currentTarget }) => target === currentTarget;

/**
 * @param {Ctx} ctx
 * @param {{over: HTMLElement, deck: HTMLElement, idle: import("./idle.js").Idle, stage: import("./views.js").Stage}} parts
 */
export function mountTouch({ remote, signal }, { over, deck, idle, stage }) {
  mountFingers({ remote, signal }, { over, deck, idle });
  mountMouse({ remote, signal }, { over, deck, stage });
}

/**
 * @param {Pick<Ctx, "remote" | "signal">} ctx
 * @param {{over: HTMLElement, deck: HTMLElement, idle: import("./idle.js").Idle}} parts
 */
function mountFingers({ remote, signal }, { over, deck, idle }) {
  const sign = new JumpSign(over);
  const taps = new Taps((totalS) => {
    sign.hide();
    if (remote.allowed) remote.skip(totalS);
  });
  /** @type {(Touch & {id: number, wasIdle: boolean}) | null} */
  let down = null;
  let wasIdle = false;
  let onPicture = false; // where the newest finger went down
  /** @type {any} */
  let timer = null;

  const tapped = (/** @type {Touch & {wasIdle: boolean}} */ at) => {
    const { left, width } = over.getBoundingClientRect();
    const meaning = taps.tap(deck.hidden ? 0 : sideOf(at.x - left, width), at.atMs);
    if (meaning.kind === "controls") {
      wasIdle = at.wasIdle;
      return wasIdle ? idle.wake() : idle.sleep();
    }
    if (meaning.first) wasIdle ? idle.sleep() : idle.wake();
    if (!remote.allowed) remote.skip(meaning.totalS);
    else sign.show(meaning.totalS);
  };

  // before anything else wakes the controls: whether they were there decides what the tap does
  const pressed = (/** @type {PointerEvent} */ event) => {
    clearTimeout(timer); // a finger is down: the jump may yet grow
    const finger = event.pointerType !== "mouse" && event.isPrimary && isBare(event);
    onPicture = finger;
    down = finger ? { ...touchOf(event), id: event.pointerId, wasIdle: idle.idle } : null;
    if (!finger) lifted(event);
  };
  const lifted = (/** @type {PointerEvent} */ event) => {
    const at = touchOf(event);
    if (event.type === "pointerup" && down?.id === event.pointerId && isTap(down, at)) tapped(down);
    if (event.type !== "pointerdown") down = null;
    clearTimeout(timer);
    const waitMs = taps.dueMs === null ? null : taps.dueMs - at.atMs;
    if (waitMs !== null) timer = setTimeout(() => taps.look(Number.POSITIVE_INFINITY), waitMs);
  };
  // a tap becomes a click where the finger was lifted, and there the controls stand by now
  const clicked = (/** @type {MouseEvent} */ event) => {
    if (onPicture && event.detail !== 0 && !isBare(event)) event.stopPropagation();
  };
  over.addEventListener("pointerdown", pressed, { signal, capture: true });
  over.addEventListener("click", clicked, { signal, capture: true });
  for (const type of /** @type {const} */ (["pointerup", "pointercancel"]))
    over.addEventListener(type, lifted, { signal });
  signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
}

/**
 * One click plays or pauses, two fill the screen.
 * @param {Pick<Ctx, "remote" | "signal">} ctx
 * @param {{over: HTMLElement, deck: HTMLElement, stage: import("./views.js").Stage}} parts
 */
function mountMouse({ remote, signal }, { over, deck, stage }) {
  /** @type {any} */
  let timer = null;
  let mouse = false; // clicks do not say it everywhere, and double clicks nowhere
  const meant = (/** @type {MouseEvent} */ event) => isBare(event) && !deck.hidden;
  const pressed = (/** @type {PointerEvent} */ event) => {
    mouse = event.pointerType === "mouse";
  };
  const click = (/** @type {MouseEvent} */ event) => {
    clearTimeout(timer);
    if (mouse && meant(event) && event.detail === 1)
      timer = setTimeout(() => remote.do("toggle"), CLICK_MS);
  };
  const twice = (/** @type {MouseEvent} */ event) => {
    if (mouse && meant(event)) void stage.toggleFull();
  };
  over.addEventListener("pointerdown", pressed, { signal });
  over.addEventListener("click", click, { signal });
  over.addEventListener("dblclick", twice, { signal });
  signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
}

/** "−20 s" on the side of the taps. What was done is told to everyone afterwards, so it stays unread. */
class JumpSign {
  /** @param {HTMLElement} over */
  constructor(over) {
    this.words = h("b", { class: "num" });
    this.glyph = h("span", {});
    this.element = h("div", { class: "leap", "aria-hidden": "true", hidden: true });
    this.element.append(h("span", { class: "sign glass" }, this.glyph, this.words));
    over.append(this.element);
  }

  /** @param {number} totalS */
  show(totalS) {
    this.words.textContent = jumpText(totalS);
    this.glyph.replaceChildren(icon(totalS < 0 ? "back10" : "fwd10"));
    this.element.dataset.side = totalS < 0 ? "left" : "right";
    this.element.hidden = false;
  }

  hide() {
    this.element.hidden = true;
  }
}

/** Fingers on a message: held, it opens what one may do with it; drawn aside, it is answered. */

const WORDS = "[data-message]:not(.is-deleted, .is-veiled)";
const HOLD_MS = 450;
/** A finger that moved farther does something else. */
const STILL_PX = 10;
/** Drawn so far, it is meant. */
const SWIPE_PX = 56;

/** @typedef {{id: number, x: number, y: number, element: HTMLElement, swipes: boolean}} Finger */

/**
 * @param {HTMLElement} log
 * @param {{open: (element: HTMLElement) => void, reply: (element: HTMLElement) => void}} on
 * @param {AbortSignal} signal
 */
export function mountFingers(log, { open, reply }, signal) {
  /** @type {Finger | null} */
  let finger = null;
  /** @type {any} */
  let timer = null;

  const end = () => {
    clearTimeout(timer);
    finger?.element.style.removeProperty("translate");
    finger?.element.classList.remove("is-held");
    finger = null;
  };
  // It shows that it was held long enough; a menu that opened under the finger would close with it.
  const held = () => finger?.element.classList.add("is-held");
  const down = (/** @type {PointerEvent} */ event) => {
    end();
    const { pointerType, isPrimary, pointerId: id, clientX: x, clientY: y } = event;
    const target = /** @type {Element} */ (event.target);
    const element = /** @type {HTMLElement | null} */ (target.closest(WORDS));
    if (pointerType === "mouse" || !isPrimary || !element || target.closest("a, button")) return;
    finger = { id, x, y, element, swipes: false };
    timer = setTimeout(held, HOLD_MS);
  };
  const move = (/** @type {PointerEvent} */ { pointerId, clientX, clientY }) => {
    if (finger?.id !== pointerId) return;
    const [right, below] = [clientX - finger.x, clientY - finger.y];
    if (Math.hypot(right, below) > STILL_PX) {
      clearTimeout(timer);
      finger.element.classList.remove("is-held");
    }
    if (Math.abs(right) > STILL_PX && Math.abs(right) > Math.abs(below)) finger.swipes = true;
    if (!finger.swipes) return;
    const drawn = Math.max(-SWIPE_PX, Math.min(SWIPE_PX, right));
    finger.element.style.setProperty("translate", `${drawn}px`);
  };
  const up = (/** @type {PointerEvent} */ { pointerId, clientX, type }) => {
    if (finger?.id !== pointerId) return;
    const { element, swipes, x } = finger;
    const wasHeld = element.classList.contains("is-held");
    end();
    if (type !== "pointerup") return;
    if (swipes && Math.abs(clientX - x) >= SWIPE_PX) reply(element);
    else if (wasHeld) setTimeout(() => open(element)); // after all that a lifted finger closes
  };
  // some browsers ask for their own menu when a finger is held
  const own = (/** @type {Event} */ event) => finger && event.preventDefault();

  log.addEventListener("pointerdown", down, { signal });
  log.addEventListener("pointermove", move, { signal });
  for (const type of /** @type {const} */ (["pointerup", "pointercancel"]))
    log.addEventListener(type, up, { signal });
  log.addEventListener("contextmenu", own, { signal });
  signal.addEventListener("abort", end, { once: true });
}

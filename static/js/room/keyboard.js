/**
 * The phone's on-screen keyboard must not hide the film and the last words. Where the page itself
 * becomes smaller (`interactive-widget=resizes-content`) style sheets see it; iOS lets the page
 * as tall as it was and moves it up under the keyboard: here the room gets the size and the place
 * of what is really seen.
 */

/** Less than this is an address bar coming or going, not a keyboard. */
const KEYBOARD_PX = 120;

/**
 * @param {{height: number, offsetTop: number, scale: number}} seen the visual viewport
 * @param {number} pageHeight px, of the layout viewport
 * @returns {{height: number, top: number} | null} px; null: no keyboard is over the page
 */
export function roomAbove({ height, offsetTop, scale }, pageHeight) {
  // pinched open, less is seen as well, and that is what the person wants
  if (Math.abs(scale - 1) > 0.01 || pageHeight - height < KEYBOARD_PX) return null;
  return { height: Math.round(height), top: Math.round(offsetTop) };
}

/**
 * @param {HTMLElement} root the room
 * @param {AbortSignal} signal
 */
export function giveWayToKeyboard(root, signal) {
  const seen = globalThis.visualViewport;
  if (!seen) return;
  const fit = () => {
    const room = roomAbove(seen, document.documentElement.clientHeight);
    root.toggleAttribute("data-keyboard", room !== null);
    root.style.setProperty("--seen-height", room ? `${room.height}px` : null);
    root.style.setProperty("--seen-top", room ? `${room.top}px` : null);
  };
  for (const event of ["resize", "scroll"]) seen.addEventListener(event, fit, { signal });
  fit();
}

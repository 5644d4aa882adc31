/** The eye beside a password. */

import { delegate } from "../lib/events.js";

/**
 * Wires every `[data-reveal]` button inside; it shows the input it stands beside.
 * @param {Element | Document} root
 */
export function wireReveal(root = document) {
  delegate(root, "click", "[data-reveal]", (button) => {
    const input = button.closest(".field")?.querySelector("input");
    if (!input) return;
    const show = input.type === "password";
    input.type = show ? "text" : "password";
    button.setAttribute("aria-pressed", String(show));
    button.querySelector("use")?.setAttribute("href", show ? "#i-eye-off" : "#i-eye");
    input.focus();
  });
}

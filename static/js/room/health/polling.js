/** Asking again and again, as long as somebody looks. */

/**
 * At once, every so often, and when the page is seen again; never while it is hidden.
 * @param {() => void} ask
 * @param {{everyMs: number, signal: AbortSignal, page?: EventTarget & {hidden: boolean}}} terms
 */
export function keepAsking(ask, { everyMs, signal, page = document }) {
  const look = () => {
    if (!page.hidden) ask();
  };
  const timer = setInterval(look, everyMs);
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
  page.addEventListener("visibilitychange", look, { signal });
  look();
}

/** Listening with an end, and telling with a type. */

/**
 * Listens to everything of one kind inside `root` that matches, now and later.
 * @param {Element | Document} root
 * @param {string} type
 * @param {string} selector
 * @param {(element: HTMLElement, event: Event) => void} listener
 * @param {AddEventListenerOptions} [options]
 */
export function delegate(root, type, selector, listener, options) {
  root.addEventListener(
    type,
    (event) => {
      const target = event.target instanceof Element ? event.target.closest(selector) : null;
      if (target && root.contains(target)) listener(/** @type {HTMLElement} */ (target), event);
    },
    options,
  );
}

/**
 * Tells the outside that a person did something.
 * @param {EventTarget} target
 * @param {string} type
 * @param {unknown} [detail]
 */
export function tell(target, type, detail) {
  return target.dispatchEvent(
    new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable: true }),
  );
}

/**
 * Runs at most once in `everyMs`, the last call always.
 * @template {unknown[]} A
 * @param {(...args: A) => void} action
 * @param {number} everyMs
 * @param {() => number} [now]
 * @returns {(...args: A) => void}
 */
export function throttled(action, everyMs, now = () => performance.now()) {
  let last = Number.NEGATIVE_INFINITY;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pending;
  return (...args) => {
    clearTimeout(pending);
    const wait = last + everyMs - now();
    const run = () => {
      last = now();
      action(...args);
    };
    if (wait <= 0) run();
    else pending = setTimeout(run, wait);
  };
}

/** How the film runs with others is asked as long as somebody looks, and not a time longer. */

import assert from "node:assert/strict";
import test from "node:test";
import { keepAsking } from "./polling.js";

class Page extends EventTarget {
  hidden = false;

  /** @param {boolean} hidden */
  turns(hidden) {
    this.hidden = hidden;
    this.dispatchEvent(new Event("visibilitychange"));
  }
}

/** @param {import("node:test").TestContext} t */
function asking(t) {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const [page, panel, ask] = [new Page(), new AbortController(), t.mock.fn()];
  const after = (/** @type {number} */ ms) => {
    t.mock.timers.tick(ms);
    return ask.mock.callCount();
  };
  keepAsking(ask, { everyMs: 5000, signal: panel.signal, page });
  return { page, panel, after };
}

test("at once, and every five seconds", (t) => {
  const { after } = asking(t);
  assert.deepEqual([after(0), after(4999), after(1), after(10_000)], [1, 1, 2, 4]);
});

test("not while the page is hidden, and at once when it is seen again", (t) => {
  const { page, after } = asking(t);
  page.turns(true);
  assert.equal(after(60_000), 1);
  page.turns(false);
  assert.deepEqual([after(0), after(5000)], [2, 3]);
});

test("not once more when the panel is closed", (t) => {
  const { page, panel, after } = asking(t);
  panel.abort();
  assert.equal(after(60_000), 1);
  page.turns(false);
  assert.equal(after(0), 1);
});

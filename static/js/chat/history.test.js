/** Older messages: asked for page by page, let go of again, never with a hole. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { message } from "../room/fixtures/people.js";
import { History } from "./history.js";
import { Thread } from "./thread.js";

/** @param {number} from @param {number} to */
const some = (from, to) =>
  Array.from({ length: to - from }, (_, i) => message(`m${from + i}`, from + i));

/** A room with so many messages, of which the newest fifty are here. @param {number} length */
function rig(length) {
  const thread = new Thread();
  thread.add(...some(length - 50, length));
  /** @type {string[]} */
  const asked = [];
  const held = { page: /** @type {Promise<any> | null} */ (null) };
  const history = new History(thread, {
    ask: async (before) => {
      asked.push(before);
      await held.page;
      const end = Number(before.slice(1));
      const results = some(Math.max(0, end - 50), end);
      return { results, next: end > 50 ? "more" : null };
    },
    changed: () => {},
  });
  history.begin(50);
  return { thread, history, asked, held };
}

test("pages are asked for from the oldest that is here, until there is none", async () => {
  const { thread, history, asked } = rig(120);
  for (let i = 0; i < 4; i++) await history.load();
  assert.deepEqual(asked, ["m70", "m20"]);
  assert.equal(thread.oldest?.id, "m0");
});

test("a room with less than a page has nothing older", async () => {
  const { history, asked } = rig(60);
  history.begin(49);
  await history.load();
  assert.deepEqual(asked, []);
});

test("what was let go of can be had again", async () => {
  const { thread, history, asked } = rig(60);
  await history.load();
  await history.load();
  assert.deepEqual([asked.length, thread.oldest?.id], [1, "m0"]);
  thread.add(...some(60, 1101));
  history.trim();
  assert.equal(thread.oldest?.id, "m24", "a chunk at a time");
  await history.load();
  assert.deepEqual(asked.at(-1), "m24");
  assert.equal(thread.oldest?.id, "m0");
});

test("a thread of reasonable length is left alone, and known to be whole", async () => {
  const { history, asked } = rig(60);
  await history.load();
  history.trim();
  await history.load();
  assert.equal(asked.length, 1);
});

for (const [
  words,
  change,
] of /** @type {[string, (thread: Thread, history: History) => void][]} */ ([
  [
    "was cut",
    (thread, history) => {
      thread.add(...some(2000, 3100));
      history.trim();
    },
  ],
  [
    "began anew",
    (thread, history) => {
      thread.forget();
      thread.add(...some(2500, 2550));
      history.begin(50);
    },
  ],
]))
  test(`a page that comes when the thread ${words} leaves no hole`, async () => {
    const { thread, history, asked, held } = rig(2000);
    /** @type {(value: unknown) => void} */
    let arrive = () => {};
    held.page = new Promise((resolve) => {
      arrive = resolve;
    });
    const loading = history.load();
    change(thread, history);
    const { oldest } = thread;
    arrive(undefined);
    await loading;
    assert.equal(thread.oldest, oldest);
    assert.equal(history.older.loading, false);
    await history.load();
    assert.equal(asked.at(-1), oldest?.id);
  });

test("a page that does not come is asked for again only by a person", async () => {
  const thread = new Thread();
  thread.add(...some(50, 100));
  let asked = 0;
  const history = new History(thread, {
    ask: async () => {
      asked += 1;
      throw new Error("no network");
    },
    changed: () => {},
  });
  history.begin(50);
  await history.load();
  await history.load();
  assert.deepEqual([asked, history.older.failed, history.older.loading], [1, true, false]);
  await history.load(true);
  assert.equal(asked, 2);
});

test("a hole is filled a page at a time, by a person, until it closes", async () => {
  const { thread, history, asked, held } = rig(100);
  thread.goOn(some(180, 230));
  await history.fill();
  assert.deepEqual([asked, thread.behindGap?.id], [["m180"], "m130"]);
  held.page = Promise.reject(new Error("no network"));
  await history.fill();
  assert.deepEqual([history.gap.failed, thread.behindGap?.id], [true, "m130"]);
  held.page = null;
  await history.fill();
  assert.deepEqual([history.gap.failed, thread.behindGap], [false, null]);
  await history.fill();
  assert.equal(asked.length, 3);
});

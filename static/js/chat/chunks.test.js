/** Chunks: only what changed is made again, groups stay whole, a hole is known and can be closed. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { member, message } from "../room/fixtures/people.js";
import { edited } from "../room/messages.js";
import { CHUNK } from "./parts.js";
import { Thread } from "./thread.js";

const me = member("ana").user;
const DAY = Date.parse("2026-11-22T10:00:00Z");
/** Messages with a minute in between, everyone's own group unless `author` says. @param {number} from @param {number} to @param {string} [author] */
const some = (from, to, author) =>
  Array.from({ length: to - from }, (_, i) =>
    message(`m${from + i}`, from + i, author ?? ["ana", "mara"][(from + i) % 2], {
      created_at: new Date(DAY + (from + i) * 60_000).toISOString(),
    }),
  );
/** @param {Thread} thread */
const ids = (thread) =>
  thread
    .chunks(me)
    .flatMap(({ rows }) => rows)
    .flatMap((row) => (row.kind === "group" ? row.messages.map(({ id }) => id) : []));
/** @param {number} from @param {number} to */
const names = (from, to) => Array.from({ length: to - from }, (_, i) => `m${from + i}`);

test("a new message makes the rows of the last chunk again, and no others", () => {
  const thread = new Thread();
  thread.add(...some(0, 5 * CHUNK + 1));
  const before = thread.chunks(me);
  thread.add(...some(5 * CHUNK + 1, 5 * CHUNK + 2));
  const after = thread.chunks(me);
  assert.equal(after.length, 6);
  assert.deepEqual(
    after.map(({ rows }, at) => rows === before[at].rows),
    [true, true, true, true, true, false],
  );
});

test("what is on its way is in the last chunk for as long as it is", () => {
  const thread = new Thread();
  thread.add(...some(0, 10));
  const { rows } = thread.chunks(me)[0];
  thread.sending({
    nonce: "n",
    body: "soon",
    media_time: null,
    created_at: new Date(DAY + 600_000).toISOString(),
    state: "sending",
  });
  assert.notEqual(thread.chunks(me)[0].rows, rows);
  thread.discard("n");
  assert.equal(thread.chunks(me)[0].rows, rows);
});

test("history in front leaves the chunks that stand there alone", () => {
  const thread = new Thread();
  thread.add(...some(100, 200));
  thread.chunks(me);
  thread.prepend(...some(50, 100));
  const before = thread.chunks(me);
  thread.prepend(...some(0, 50));
  const after = thread.chunks(me);
  assert.deepEqual(ids(thread), names(0, 200));
  assert.deepEqual(
    before.slice(1).map(({ rows }) => after.some((chunk) => chunk.rows === rows)),
    before.slice(1).map(() => true),
  );
  assert.equal(after.flatMap(({ rows }) => rows).filter(({ kind }) => kind === "day").length, 1);
});

test("a group is not parted by a page of history", () => {
  const thread = new Thread();
  thread.add(...some(50, 55, "mara"), ...some(55, 60));
  thread.prepend(...some(40, 50, "mara"));
  const groups = thread
    .chunks(me)
    .flatMap(({ rows }) => rows.filter(({ kind }) => kind === "group"));
  assert.equal(/** @type {any} */ (groups[0]).messages.length, 16, "m55 is hers as well");
});

test("a group that never ends still ends its chunk", () => {
  const thread = new Thread();
  thread.add(...some(0, 1_000, "mara"));
  assert.equal(thread.chunks(me).length, Math.ceil(1_000 / (2 * CHUNK)));
  assert.deepEqual(ids(thread), names(0, 1_000));
});

test("an edited message makes its chunk again, and those that quote it", () => {
  const thread = new Thread();
  const [answer] = some(3 * CHUNK, 3 * CHUNK + 1);
  thread.add(...some(0, 3 * CHUNK), {
    ...answer,
    reply_to: "m0",
    reply: {
      id: "m0",
      author: null,
      text: "words",
      deleted: false,
      item_id: null,
      media_time: null,
    },
  });
  const before = thread.chunks(me);
  thread.change(edited({ type: "chat:edited", id: "m0", body: "other" }));
  assert.deepEqual(
    thread.chunks(me).map(({ rows }, at) => rows === before[at].rows),
    [false, true, true, false],
  );
});

test("who reads further back keeps it, with a hole before what came meanwhile", () => {
  const thread = new Thread();
  thread.add(...some(0, 100));
  thread.goOn(some(170, 220));
  assert.deepEqual(ids(thread), [...names(0, 100), ...names(170, 220)]);
  assert.equal(thread.behindGap?.id, "m170");
  thread.fill(some(120, 170), false);
  assert.equal(thread.behindGap?.id, "m120");
  thread.fill(some(70, 120), false);
  assert.equal(thread.behindGap, null);
  assert.deepEqual(ids(thread), names(0, 220));
});

test("a hole lies between two blocks, and what fills it parts none", () => {
  const thread = new Thread();
  thread.add(...some(0, 150));
  thread.goOn(some(1_100, 1_150));
  for (let until = 1_100; until > 150; until -= 50) thread.fill(some(until - 50, until), false);
  const blocks = thread.chunks(me).map(({ block }) => block);
  const runs = blocks.filter((block, at) => block !== blocks[at - 1]);
  assert.equal(runs.length, new Set(blocks).size, runs.join(" "));
  assert.deepEqual(ids(thread), names(0, 1_150));
});

test("where the newest reach back there is no hole, and what was taken back meanwhile shows it", () => {
  const thread = new Thread();
  thread.add(...some(0, 100));
  thread.goOn(some(80, 130).filter(({ id }) => id !== "m90"));
  assert.equal(thread.behindGap, null);
  assert.deepEqual(ids(thread), names(0, 130));
  assert.deepEqual(
    [thread.message("m90")?.deleted, thread.message("m79")?.deleted],
    [true, undefined],
  );
});

test("a second loss leaves one hole", () => {
  const thread = new Thread();
  thread.add(...some(0, 100));
  thread.goOn(some(170, 220));
  thread.goOn(some(400, 450));
  assert.deepEqual(ids(thread), [...names(0, 100), ...names(400, 450)]);
  assert.equal(thread.behindGap?.id, "m400");
});

test("newest ones that begin before what was known replace it", () => {
  const thread = new Thread();
  thread.add(...some(30, 50));
  thread.goOn(some(10, 60));
  assert.deepEqual(ids(thread), names(10, 60));
  assert.equal(thread.behindGap, null);
});

test("a hole that is the beginning of the room closes", () => {
  const thread = new Thread();
  thread.add(...some(0, 60));
  thread.goOn(some(500, 550));
  thread.fill(some(450, 500), true);
  assert.equal(thread.behindGap, null);
});

test("what is let go of takes the hole behind it with it", () => {
  const thread = new Thread();
  thread.add(...some(0, CHUNK));
  thread.goOn(some(500, 550));
  assert.equal(thread.cut(40), true);
  assert.deepEqual([thread.behindGap, thread.oldest?.id], [null, "m500"]);
});

test("neighbours stand in blocks, and history joins the first one while it has room", () => {
  const thread = new Thread();
  thread.add(...some(1_000, 1_050));
  const last = thread.chunks(me)[0].block;
  for (let from = 950; from >= 0; from -= 50) thread.prepend(...some(from, from + 50));
  const blocks = thread.chunks(me).map(({ block }) => block);
  const runs = blocks.filter((block, at) => block !== blocks[at - 1]);
  assert.equal(runs.length, new Set(blocks).size, "a block is not parted");
  assert.ok(runs.length <= 10, `${blocks.length} chunks in ${runs.length} blocks`);
  assert.equal(blocks.at(-1), last);
  assert.deepEqual(ids(thread), names(0, 1_050));
});

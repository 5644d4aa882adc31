/** Grouping, days, pending words and what happened, in one order. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { member, message } from "../room/fixtures/people.js";
import { Thread } from "./thread.js";

const me = member("ana").user;
/** @param {Thread} thread */
const rowsOf = (thread) => thread.chunks(me).flatMap(({ rows }) => rows);
/** @param {Thread} thread */
const shape = (thread) =>
  rowsOf(thread)
    .filter(({ kind }) => kind !== "day")
    .map((/** @type {any} */ row) =>
      row.kind === "group"
        ? [
            ...row.messages.map((/** @type {any} */ one) => one.id),
            ...row.pending.map((/** @type {any} */ one) => `~${one.nonce}`),
          ].join(" ")
        : row.kind,
    );
const pending = (nonce = "n1") => ({
  nonce,
  body: "soon",
  media_time: null,
  created_at: "2026-11-22T10:01:00Z",
  state: /** @type {const} */ ("sending"),
});
/** @param {string} id @param {number} seq */
const line = (id, seq, more = {}) => message(id, seq, "mara", { kind: "system", ...more });

test("words of one person close together are one group", () => {
  const thread = new Thread();
  thread.add(message("a", 1, "mara"), message("b", 2, "mara"), message("c", 3, "ilya"));
  assert.deepEqual(shape(thread), ["a b", "c"]);
});

test("five minutes, or something that happened, begin a new group", () => {
  const thread = new Thread();
  thread.add(message("a", 1), message("b", 2, "ana", { created_at: "2026-11-22T10:06:00Z" }));
  thread.add(line("l", 3, { created_at: "2026-11-22T10:06:05Z" }));
  thread.add(message("c", 4, "ana", { created_at: "2026-11-22T10:06:10Z" }));
  assert.deepEqual(shape(thread), ["a", "b", "line", "c"]);
});

test("history that comes later still lands in front", () => {
  const thread = new Thread();
  thread.add(message("c", 9, "mara"));
  thread.prepend(message("a", 1, "ilya"), message("b", 2, "mara"));
  assert.deepEqual(shape(thread), ["a", "b c"]);
  assert.equal(thread.oldest?.id, "a");
});

test("a new day gets its line", () => {
  const thread = new Thread();
  thread.add(
    message("a", 1, "ana", { created_at: "2026-11-20T12:00:00Z" }),
    message("b", 2, "ana", { created_at: "2026-11-22T12:00:00Z" }),
  );
  assert.deepEqual(
    rowsOf(thread).map(({ kind }) => kind),
    ["day", "group", "day", "group"],
  );
});

test("words on their way stand last and give way to the broadcast with their nonce", () => {
  const thread = new Thread();
  thread.add(message("a", 1, "mara"));
  thread.sending(pending());
  assert.deepEqual(shape(thread), ["a", "~n1"]);
  thread.add(message("b", 2, "ana", { nonce: "n1" }));
  assert.deepEqual(shape(thread), ["a", "b"]);
  assert.deepEqual(thread.unsent, []);
});

test("words that failed keep their reason and can be sent again or dropped", () => {
  const thread = new Thread();
  thread.sending(pending());
  thread.failed("n1", "Too fast");
  assert.deepEqual(
    thread.unsent.map(({ state, reason }) => [state, reason]),
    [["failed", "Too fast"]],
  );
  thread.sending({ ...pending(), state: "failed" });
  assert.equal(thread.unsent[0].state, "sending");
  thread.discard("n1");
  assert.equal(thread.empty, true);
});

test("the same message twice is one message", () => {
  const thread = new Thread();
  thread.add(message("a", 1), message("a", 1));
  assert.deepEqual(shape(thread), ["a"]);
});

test("edited and deleted messages change where they stand, and no word of a deleted one stays", () => {
  const thread = new Thread();
  thread.add(message("a", 1), message("b", 2));
  thread.edit("a", { body: "better" });
  thread.delete("b");
  assert.equal(thread.message("a")?.body, "better");
  assert.deepEqual(shape(thread), ["a b"]);
  assert.deepEqual([thread.message("b")?.deleted, thread.message("b")?.body], [true, ""]);
});

test("a deleted line is gone", () => {
  const thread = new Thread();
  thread.add(message("a", 1), line("l", 2));
  thread.delete("l");
  assert.deepEqual(shape(thread), ["a"]);
});

test("a line stands where it was told, and goes on where it stands", () => {
  const thread = new Thread();
  thread.add(message("a", 1), line("l", 2, { body: "once" }), message("b", 3));
  thread.edit("l", { body: "twice" });
  assert.deepEqual(shape(thread), ["a", "line", "b"]);
  assert.equal(thread.message("l")?.body, "twice");
});

test("a long thread is laid out without looking back over it for each day", () => {
  const thread = new Thread();
  thread.add(...Array.from({ length: 20_000 }, (_, i) => line(`l${i}`, i)));
  const before = process.cpuUsage();
  assert.equal(rowsOf(thread).length, 20_001);
  assert.ok(process.cpuUsage(before).user < 600_000, "µs; looking back took 2.8 s");
});

test("words on their way begin their own day", () => {
  const thread = new Thread();
  thread.add(message("a", 1, "ana", { created_at: "2026-11-20T12:00:00Z" }));
  thread.sending(pending());
  assert.deepEqual(
    rowsOf(thread).map(({ kind }) => kind),
    ["day", "group", "day", "group"],
  );
});

test("what is on its way stays when the oldest go", () => {
  const thread = new Thread();
  thread.add(...Array.from({ length: 100 }, (_, i) => line(`l${i}`, i)));
  thread.sending(pending());
  assert.equal(thread.cut(89), false, "a whole chunk or nothing");
  assert.equal(thread.cut(88), true);
  assert.deepEqual([thread.oldest?.id, thread.message("l11")], ["l12", undefined]);
  assert.equal(thread.unsent.length, 1);
});

test("words of hidden people are not shown, and come back with the end of the block", () => {
  const thread = new Thread();
  thread.add(message("a", 1, "mara"), message("b", 2, "ilya"));
  thread.hide(new Set(["ilya"]));
  assert.deepEqual(shape(thread), ["a"]);
  thread.add(message("c", 3, "ilya"), line("l", 4), message("d", 5, "mara"));
  assert.deepEqual(shape(thread), ["a", "line", "d"]);
  thread.edit("b", { body: "more" });
  thread.prepend(message("0", 0, "ilya"));
  assert.deepEqual(shape(thread), ["a", "line", "d"]);
  thread.hide(new Set());
  assert.equal(shape(thread).join(" "), "0 a b c line d");
});

test("what somebody hidden said is not read in an answer to it either", () => {
  const thread = new Thread();
  const reply = {
    id: "b",
    author: member("ilya").user,
    text: "the bear did it",
    deleted: false,
    item_id: null,
    media_time: null,
  };
  thread.add({ ...message("a", 1, "mara"), reply });
  const quote = () => thread.message("a")?.reply?.hidden ?? false;
  assert.equal(quote(), false);
  thread.hide(new Set(["ilya"]));
  assert.equal(quote(), true);
  thread.edit("a", { body: "otherwise", reply });
  assert.equal(quote(), true, "an edit brings the quote anew");
  thread.hide(new Set());
  assert.equal(quote(), false);
});

test("an answer quotes nothing that lies further on, whether or not that is here", () => {
  const thread = new Thread();
  const reply = {
    id: "far-back",
    author: null,
    text: "the butterfly dies",
    deleted: false,
    item_id: "i",
    media_time: 20,
  };
  thread.add({ ...message("a", 1, "mara"), reply });
  const ahead = (/** @type {number} */ atS) => (/** @type {any} */ one) =>
    one.media_time !== null && one.media_time > atS;
  assert.equal(thread.veil(ahead(2)), true);
  assert.equal(thread.message("a")?.reply?.veiled, true);
  assert.equal(thread.veil(ahead(2)), false);
  thread.veil(ahead(21));
  assert.equal(thread.message("a")?.reply?.veiled, false);
});

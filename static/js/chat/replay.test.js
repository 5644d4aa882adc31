/** The chat beside the film: what has come, what goes when one jumps back, what is asked for. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Replay } from "./replay.js";

/** @param {string} id @param {number} at @param {number} [said] minutes @returns {any} */
const message = (id, at, said = 0) => ({
  id,
  kind: "text",
  media_time: at,
  created_at: new Date(said * 60_000).toISOString(),
  body: id,
});

/** @param {any[]} messages @param {{fromS: number, toS: number}} [span] */
function replayed(messages, span = { fromS: 0, toS: 600 }) {
  const replay = new Replay();
  replay.took(span, messages);
  return replay;
}

/** @param {Replay} replay @param {number} atS */
const ids = (replay, atS) => replay.shown(atS).map(({ id }) => id);

test("what was said comes as the film plays, and goes when one jumps back", () => {
  const replay = replayed([message("b", 20), message("a", 10), message("c", 30)]);
  assert.deepEqual(ids(replay, 5), []);
  assert.deepEqual(ids(replay, 10), ["a"]);
  assert.deepEqual(ids(replay, 25), ["a", "b"]);
  assert.deepEqual(ids(replay, 12), ["a"]);
  assert.deepEqual(ids(replay, 500), ["a", "b", "c"]);
});

test("at one moment those come first that were said first", () => {
  const replay = replayed([message("late", 10, 9), message("soon", 10, 1)]);
  assert.deepEqual(ids(replay, 10), ["soon", "late"]);
});

test("what oneself says at a film that stands is there at once, though its moment is rounded", () => {
  const replay = replayed([]);
  replay.said(message("mine", 12.1));
  assert.deepEqual(ids(replay, 12.06), ["mine"]);
});

test("as long as nothing came it is the same array", () => {
  const replay = replayed([message("a", 10), message("b", 20)]);
  assert.equal(replay.shown(11), replay.shown(19));
  const before = replay.shown(19);
  replay.change((one) => ({ ...one, body: "new" }));
  assert.notEqual(replay.shown(19), before);
});

test("from the start one asks for what lies around, later for what comes next", () => {
  const replay = new Replay();
  assert.deepEqual(replay.wants(100), { fromS: 0, toS: 400 });
  replay.took({ fromS: 0, toS: 400 }, []);
  assert.equal(replay.wants(100), null);
  assert.equal(replay.wants(339), null);
  assert.deepEqual(replay.wants(350), { fromS: 400, toS: 650 });
  replay.took({ fromS: 400, toS: 650 }, [message("a", 500)]);
  assert.deepEqual(replay.known, { fromS: 0, toS: 650 });
  assert.deepEqual(ids(replay, 500), ["a"]);
});

test("a jump far away begins anew there, and what is before it can be had", () => {
  const replay = replayed([message("a", 10)]);
  assert.deepEqual(replay.wants(5000), { fromS: 4400, toS: 5300 });
  replay.took({ fromS: 4400, toS: 5300 }, [message("z", 4500)]);
  assert.deepEqual(ids(replay, 5000), ["z"]);
  assert.deepEqual(replay.earlier(), { fromS: 3800, toS: 4400 });
  replay.took({ fromS: 3800, toS: 4400 }, [message("y", 4000)]);
  assert.deepEqual(ids(replay, 5000), ["y", "z"]);
  assert.equal(replayed([]).earlier(), null);
});

test("what is said elsewhere in the film is asked for when one comes there", () => {
  const replay = replayed([]);
  replay.said(message("far", 4000));
  replay.said({ ...message("nowhere", 0), media_time: null });
  assert.deepEqual(ids(replay, 9999), []);
});

test("the same message twice stands once; what was taken back goes", () => {
  const replay = replayed([message("a", 10), message("b", 20)]);
  replay.said({ ...message("a", 10), body: "again" });
  assert.deepEqual(ids(replay, 30), ["a", "b"]);
  assert.equal(replay.message("a")?.body, "again");
  replay.delete("a");
  assert.deepEqual(ids(replay, 30), ["b"]);
  replay.clear();
  assert.deepEqual([ids(replay, 30), replay.known], [[], null]);
});

/** Orders of the queue, and what an item says about itself. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Store } from "../lib/store.js";
import { countdownOf } from "./countdown.js";
import { film, member, snapshot } from "./fixtures/people.js";
import { untold } from "./length.js";
import { moved, nextAfter } from "./order.js";
import { apply, fromSnapshot } from "./state.js";

test("an item moves to where it is put, never outside", () => {
  assert.deepEqual(moved(["a", "b", "c"], "a", 1), ["b", "a", "c"]);
  assert.deepEqual(moved(["a", "b", "c"], "c", 0), ["c", "a", "b"]);
  assert.deepEqual(moved(["a", "b"], "a", 9), ["b", "a"]);
  assert.deepEqual(moved(["a", "b"], "b", -1), ["b", "a"]);
});

test("next is the one after what is on, or the first", () => {
  const queue = [{ id: "a" }, { id: "b" }];
  assert.equal(nextAfter(queue, "a")?.id, "b");
  assert.equal(nextAfter(queue, null)?.id, "a");
  assert.equal(nextAfter(queue, "b"), null);
  assert.equal(nextAfter(queue, "b", true)?.id, "a");
  const wished = [{ id: "a", votes: 1 }, { id: "b" }, { id: "c", votes: 2 }, { id: "d", votes: 2 }];
  assert.equal(nextAfter(wished, "b")?.id, "c");
  assert.equal(nextAfter(wished, "c")?.id, "d");
  assert.equal(nextAfter([{ id: "a", votes: 3 }], "a"), null, "what is on is nobody's wish");
  assert.equal(nextAfter(queue, "b"), null);
});

/** The modules below draw, so they need custom elements to exist before they are read. */
globalThis.HTMLElement ??= /** @type {any} */ (class {});
globalThis.customElements ??= /** @type {any} */ ({ define: () => {}, get: () => undefined });
const { itemState } = await import("./queue.js");
const { doingOf } = await import("./ui.js");
const { inOrder } = await import("./people.js");
const { mayManage } = await import("./rights.js");
const { Votes } = await import("./votes.js");

test("an item says how far its film is and whether it can be played", () => {
  const state = fromSnapshot(snapshot());
  /** @param {any} news */
  const said = (news) =>
    itemState(apply(state, { type: "video:updated", id: "v1", ...news }), film);
  assert.deepEqual(itemState(state, film), {
    words: "10 min, from Mara",
    playable: true,
    progress: null,
  });
  assert.deepEqual(said({ state: "probing", progress: 0, playable: false }), {
    words: "Looking into the file",
    playable: false,
    progress: 0,
  });
  assert.deepEqual(said({ state: "processing", progress: 12, playable: false }), {
    words: "Being prepared, 12 %",
    playable: false,
    progress: 12,
  });
  assert.deepEqual(said({ state: "processing", progress: 42, playable: true }), {
    words: "10 min, playable, 42 %",
    playable: true,
    progress: 42,
  });
  assert.equal(
    said({ state: "failed", error: { code: "x", message: "The file ends early." } }).words,
    "The file ends early.",
  );
});

test("a person's film runs as their best player does", () => {
  const state = apply(fromSnapshot(snapshot()), {
    type: "sync:members",
    members: [
      { user_id: "mara", tab: "phone", state: "detached" },
      { user_id: "mara", tab: "tv", state: "playing", drift_ms: 7 },
      { user_id: "ana", tab: "x", state: "buffering" },
    ],
  });
  assert.equal(doingOf(state, state.members[0]).words, "In sync");
  assert.equal(doingOf(state, state.members[1]).words, "Buffering");
  assert.equal(doingOf(state, member("ilya")).words, "Here");
  assert.equal(doingOf(state, { ...member("ilya"), presence: "offline" }).words, "Not here");
});

test("whoever cannot follow reads as whoever does not want to", () => {
  const state = apply(fromSnapshot(snapshot()), {
    type: "sync:members",
    members: [{ user_id: "mara", tab: "tv", state: "detached", drift_ms: 0 }],
  });
  assert.deepEqual(doingOf(state, state.members[0]), {
    kind: "",
    icon: "eye-off",
    words: "Not following",
  });
});

test("moderators manage those below them, and nobody themselves", () => {
  const moderator = { ...member("mod", "moderator"), capabilities: ["moderate"] };
  assert.equal(mayManage(moderator, member("guest1")), true);
  assert.equal(mayManage(moderator, member("boss", "owner")), false);
  assert.equal(mayManage(moderator, moderator), false);
  assert.equal(mayManage(member("plain", "member"), member("guest1")), false);
});

test("hosts stand first, then oneself", () => {
  const state = fromSnapshot(
    snapshot({
      members: [member("ilya", "member"), member("ana", "member"), member("mara", "owner")],
    }),
  );
  assert.deepEqual(
    inOrder(state).map(({ user }) => user.id),
    ["mara", "ana", "ilya"],
  );
});

test("what is open about films is asked once for each step of their making", async () => {
  const { unknownOf } = await import("./film-facts.js");
  const outside = { ...film, id: "out", video_id: null, url: "https://example.org/a.mp4" };
  const state = fromSnapshot(snapshot({ queue: [film, outside] }));
  const after = (/** @type {any} */ news) =>
    apply(state, { type: "video:updated", id: "v1", ...news });
  assert.deepEqual(unknownOf(after({ state: "processing", playable: true })), [
    "v1 processing true",
  ]);
  assert.deepEqual(unknownOf(after({ state: "ready", poster: "/p.jpg" })), []);
  const error = { code: "damaged", message: "The file is damaged." };
  assert.deepEqual(unknownOf(after({ state: "failed", poster: "/p.jpg", error })), [
    "v1 failed undefined",
  ]);
  assert.deepEqual(unknownOf(after({ state: "failed", error: { ...error, own: true } })), []);
});

test("a countdown is what lies further ahead than an appointment does, at a film's beginning", () => {
  const begins = { paused: false, at: 10_000, position: 0 };
  assert.equal(countdownOf(begins, 5_100), 5);
  assert.equal(countdownOf(begins, 9_000), 0);
  assert.equal(countdownOf(begins, 9_000, true), 1);
  assert.equal(countdownOf(begins, 10_000, true), 0);
  assert.equal(countdownOf({ ...begins, paused: true }, 5_100), 0);
  assert.equal(countdownOf({ ...begins, position: 30 }, 5_100), 0);
});

test("the length of a film elsewhere is told by whose player knows it, where the room does not", () => {
  const outside = { ...film, id: "out", video_id: null, duration: null };
  const state = fromSnapshot(snapshot({ queue: [film, outside] }));
  assert.deepEqual(untold(state, { itemId: "out", duration: 60 }), {
    item_id: "out",
    duration: 60,
  });
  assert.equal(untold(state, { itemId: "out", duration: null }), null);
  assert.equal(untold(state, { itemId: film.id, duration: 60 }), null);
  const known = fromSnapshot(snapshot({ queue: [{ ...outside, duration: 59 }] }));
  assert.equal(untold(known, { itemId: "out", duration: 60 }), null);
});

/** A tab of Ana's, on whose list are two films. @param {{voted?: string[]}} [answer] */
function tabWith({ voted = [] } = {}) {
  const room = new Store(
    fromSnapshot(
      snapshot({
        queue: [
          { ...film, votes: 1 },
          { ...film, id: "item-2", votes: 0 },
        ],
      }),
    ),
  );
  /** @type {Record<string, (news: any) => void>} */
  const hears = {};
  let asked = 0;
  const queue = async () => {
    asked += 1;
    return { results: room.value.queue.map(({ id }) => ({ id, voted: voted.includes(id) })) };
  };
  const link = {
    on: (/** @type {string} */ type, /** @type {any} */ fn) => {
      hears[type] = fn;
      return () => {};
    },
  };
  const ctx = { room, link, api: { queue }, signal: new AbortController().signal };
  let drawn = 0;
  const votes = new Votes(/** @type {any} */ (ctx), () => drawn++);
  return {
    room,
    asked: () => asked,
    drawn: () => drawn,
    lost: () => hears.lost?.({}),
    wished: () => room.value.queue.map((item) => votes.of(item).wished),
    /** @param {string | null} by @param {number[]} counts of wishes now */
    hear: (by, ...counts) => {
      const before = room.value;
      const items = before.queue.map((item, at) => ({ ...item, votes: counts[at] }));
      const event = { type: "queue:updated", action: "voted", by, items };
      room.set(apply(before, event));
      hears.applied?.({ event, before, after: room.value });
    },
  };
}

test("a wish that the same person says in another tab is their own here, too", async () => {
  const tab = tabWith();
  await Promise.resolve();
  tab.hear("mara", 2, 0);
  assert.deepEqual(tab.wished(), [false, false], "another's is not");
  tab.hear("ana", 3, 0);
  tab.hear("ana", 3, 1);
  assert.deepEqual(tab.wished(), [true, true]);
  assert.ok(tab.drawn() > 2);
  tab.hear("mara", 2, 1);
  assert.deepEqual(tab.wished(), [true, true], "somebody else took theirs back");
  tab.hear("ana", 1, 1);
  assert.deepEqual(tab.wished(), [false, true]);
  assert.equal(tab.asked(), 1);
});

test("a wish that came true is nobody's when the film is wished for again", async () => {
  const tab = tabWith({ voted: [film.id] });
  await new Promise(setImmediate);
  assert.deepEqual(tab.wished(), [true, false]);
  tab.hear(null, 0, 0);
  tab.hear("mara", 1, 0);
  assert.deepEqual(tab.wished(), [false, false]);
});

test("after events that cannot be had back one's own wishes are asked for again", async () => {
  const tab = tabWith();
  await new Promise(setImmediate);
  tab.hear("ana", 2, 0);
  tab.lost();
  await new Promise(setImmediate);
  assert.deepEqual([tab.asked(), ...tab.wished()], [2, false, false]);
});

/** Snapshot plus events equals the next snapshot. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { film, member, message, snapshot, timeline } from "./fixtures/people.js";
import { apply, fromSnapshot, refreshed } from "./state.js";

const old = () => fromSnapshot(snapshot());

/** Each kept event, and the snapshot a newcomer would get after it. */
const TWINS = [
  [
    {
      type: "sync:command",
      seq: 11,
      action: "play",
      by: "ana",
      timeline: timeline({ paused: false, seq: 11 }),
    },
    { timeline: timeline({ paused: false, seq: 11 }) },
  ],
  [
    { type: "chat:message", seq: 11, message: message("m2", 11), nonce: "n" },
    { messages: [message("m1", 8), message("m2", 11)] },
  ],
  [
    { type: "chat:edited", seq: 11, id: "m1", body: "new words" },
    { messages: [message("m1", 8, "ana", { body: "new words" })] },
  ],
  [{ type: "chat:deleted", seq: 11, id: "m1" }, { messages: [] }],
  [{ type: "chat:cleared", seq: 11, ids: ["m1", "m0"], by: "mara", pins: 0 }, { messages: [] }],
  [{ type: "room:report", seq: 11, count: 2 }, { reports: 2 }],
  [
    { type: "chat:pinned", seq: 11, id: "m1", on: true, by: "mara", count: 1 },
    { messages: [message("m1", 8, "ana", { pinned: true })], pins: 1 },
  ],
  [
    {
      type: "chat:reaction",
      seq: 11,
      id: "m1",
      emoji: "🔥",
      by: "mara",
      on: true,
      count: 1,
      people: ["mara"],
    },
    {
      messages: [message("m1", 8, "ana", { reactions: [{ emoji: "🔥", count: 1, by: ["mara"] }] })],
    },
  ],
  [{ type: "queue:updated", seq: 11, items: [], by: "mara" }, { queue: [] }],
  [
    { type: "room:member:joined", seq: 11, member: member("ilya") },
    {
      members: [member("mara", "owner"), member("ana", "member"), member("ilya")],
      member_count: 3,
    },
  ],
  [
    { type: "room:member:left", seq: 11, user_id: "mara" },
    { members: [member("ana", "member")], member_count: 1 },
  ],
  [
    { type: "room:member:updated", seq: 11, member: member("ana", "moderator") },
    {
      me: member("ana", "moderator"),
      members: [member("mara", "owner"), member("ana", "moderator")],
    },
  ],
  [
    { type: "room:updated", seq: 11, room: { name: "Monday" } },
    { room: { ...snapshot().room, name: "Monday" } },
  ],
];

for (const [event, change] of TWINS) {
  test(`${/** @type {any} */ (event).type}: old snapshot and event make the new snapshot`, () => {
    const after = apply(old(), /** @type {any} */ (event));
    assert.deepEqual(after, fromSnapshot(snapshot({ seq: 11, .../** @type {any} */ (change) })));
  });
}

test("what the server really told, deed by deed, makes the snapshots it really sent", () => {
  const { first, deeds } = JSON.parse(
    readFileSync(new URL("./fixtures/deeds.json", import.meta.url), "utf8"),
  );
  let told = first;
  let state = fromSnapshot(first);
  for (const { deed, events, change } of deeds) {
    told = { ...told, ...change };
    state = events.reduce(apply, state);
    assert.deepEqual(state, fromSnapshot(told), deed);
  }
});

test("whatever people did and whatever broke: snapshot and events make what a newcomer is told", () => {
  const programs = JSON.parse(
    readFileSync(new URL("./fixtures/programs.json", import.meta.url), "utf8"),
  );
  for (const { first, events, change } of programs) {
    const state = events.reduce(apply, fromSnapshot(first));
    assert.deepEqual(state, fromSnapshot({ ...first, ...change }));
    assert.deepEqual(events.reduce(apply, state), state, "and again, it changes nothing");
  }
});

test("an event applied twice changes nothing more", () => {
  for (const [event] of TWINS) {
    const once = apply(old(), /** @type {any} */ (event));
    assert.deepEqual(apply(once, /** @type {any} */ (event)), once);
  }
});

test("an older timeline never takes the place of a newer one", () => {
  const state = old();
  assert.deepEqual(
    apply(state, { type: "sync:command", action: "pause", timeline: timeline({ seq: 2 }) }),
    state,
  );
});

test("the state keeps only the last fifty messages", () => {
  let state = old();
  for (let seq = 11; seq < 80; seq++)
    state = apply(state, { type: "chat:message", seq, message: message(`x${seq}`, seq) });
  assert.equal(state.messages.length, 50);
  assert.equal(state.messages.at(-1)?.id, "x79");
});

test("passing events tell who plays how and how far a video is, and leave seq alone", () => {
  let state = apply(old(), {
    type: "sync:members",
    members: [{ user_id: "mara", tab: "t1", state: "buffering" }],
  });
  state = apply(state, { type: "video:updated", id: "v1", progress: 40, playable: true });
  state = apply(state, { type: "video:updated", id: "v1", progress: 60 });
  assert.equal(state.watching.mara.t1.state, "buffering");
  assert.deepEqual(state.videos.v1, { id: "v1", progress: 60, playable: true });
  assert.equal(state.seq, 10);
});

test("news of a message for this person alone is shown, and leaves seq alone", () => {
  let state = apply(old(), { type: "chat:message", message: message("m2", 10), nonce: "n" });
  assert.deepEqual([state.messages.length, state.messages.at(-1)?.seq, state.seq], [2, 10, 10]);
  state = apply(state, { type: "chat:deleted", id: "m2", by: "ana" });
  assert.deepEqual([state.messages.length, state.seq], [1, 10]);
});

test("joins and leaves in one batch set the count the server gives", () => {
  const state = apply(old(), {
    type: "room:members",
    joined: [member("ilya")],
    left: ["mara"],
    count: 300,
  });
  assert.deepEqual(
    state.members.map(({ user }) => user.id),
    ["ana", "ilya"],
  );
  assert.equal(state.member_count, 300);
});

const away = { ...member("ilya"), presence: "offline" };

test("somebody who comes back is counted once, and once less when they go", () => {
  let state = apply(old(), { type: "room:member:updated", seq: 11, member: away });
  assert.deepEqual([state.member_count, state.members.length], [2, 2]);
  state = apply(state, { type: "room:member:joined", seq: 12, member: member("ilya") });
  assert.deepEqual([state.member_count, state.members.length], [3, 3]);
  state = apply(state, { type: "room:member:left", seq: 13, user_id: "ilya", reason: "gone" });
  assert.deepEqual([state.member_count, state.members.length], [2, 2]);
});

test("who is in the list but away counts when they come", () => {
  const members = [member("mara", "owner"), member("ana"), away];
  const state = apply(fromSnapshot(snapshot({ members })), {
    type: "room:member:joined",
    seq: 11,
    member: member("ilya"),
  });
  assert.deepEqual([state.member_count, state.members.length], [3, 3]);
});

test("somebody told as away is not here any more, whatever was known", () => {
  const here = apply(old(), { type: "room:member:joined", seq: 11, member: member("ilya") });
  const state = apply(here, { type: "room:member:updated", seq: 12, member: away });
  assert.deepEqual(state.members, old().members);
  assert.equal(state.member_count, 2);
});

test("a member beyond the snapshot's hundred is not put into the list by a new role", () => {
  const state = apply(fromSnapshot(snapshot({ member_count: 140 })), {
    type: "room:member:updated",
    seq: 11,
    member: member("ilya", "moderator"),
  });
  assert.deepEqual([state.member_count, state.members.length], [140, 2]);
});

test("players of people who left meanwhile are gone after a reconnect", () => {
  const members = ["mara", "ana"].map((user_id) => ({ user_id, tab: "t", state: "playing" }));
  const before = apply(old(), { type: "sync:members", members });
  const state = refreshed(before, snapshot({ seq: 20, members: [member("ana")] }));
  assert.deepEqual(Object.keys(state.watching), ["ana"]);
});

test("an unknown event is none of our business", () => {
  const state = old();
  assert.equal(apply(state, { type: "later:invented" }), state);
});

test("a snapshot after a reconnect keeps the sequence number and what passing events told", () => {
  const before = apply(old(), { type: "video:updated", id: "v1", progress: 5 });
  const state = refreshed(before, snapshot({ seq: 20, queue: [film, { ...film, id: "two" }] }));
  assert.deepEqual([state.seq, state.queue.length, state.videos.v1.progress], [10, 2, 5]);
});

test("a player that is gone leaves the other players of that person", () => {
  const two = ["t1", "t2"].map((tab) => ({ user_id: "mara", tab, state: "playing" }));
  let state = apply(old(), { type: "sync:members", members: two });
  state = apply(state, {
    type: "sync:members",
    members: [{ user_id: "mara", tab: "t1", state: "gone" }],
  });
  assert.deepEqual(Object.keys(state.watching.mara), ["t2"]);
});

test("a room whose remote changes hands changes what everybody may do", () => {
  const capabilities = { owner: ["control", "chat"], member: ["chat"] };
  const state = apply(old(), {
    type: "room:updated",
    seq: 11,
    room: { control: "owner", capabilities },
  });
  assert.deepEqual(state.me.capabilities, ["chat"]);
  assert.deepEqual(state.members[0].capabilities, ["control", "chat"]);
});

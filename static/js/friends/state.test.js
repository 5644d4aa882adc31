import assert from "node:assert/strict";
import { test } from "node:test";
import { apply, fromSnapshot, inOrder, standingOf } from "./state.js";

const person = (/** @type {string} */ name) => ({
  id: name.toLowerCase(),
  display_name: name,
  guest: false,
  avatar: 1,
});
const friend = (/** @type {string} */ name, presence = "offline", /** @type {any} */ room = null) =>
  /** @type {any} */ ({ user: person(name), presence, room, since: null });
const ask = (/** @type {string} */ name) => ({ user: person(name), at: "2026-11-26T20:00:00Z" });

const first = fromSnapshot({
  type: "me:snapshot",
  friends: [friend("Ana"), friend("Tom", "online")],
  asked_me: [ask("Lena")],
  asked_by_me: [ask("Noor")],
  notices_unread: 1,
});
const names = (/** @type {{user: {display_name: string}}[]} */ rows) =>
  rows.map(({ user }) => user.display_name);

test("a yes makes a friend out of an ask of either side", () => {
  const state = ["Lena", "Noor"].reduce(
    (now, name) => apply(now, { type: "friend:accepted", friend: friend(name, "online") }),
    first,
  );
  assert.deepEqual(names(state.friends), ["Ana", "Tom", "Lena", "Noor"]);
  assert.deepEqual([state.asked_me, state.asked_by_me], [[], []]);
});

test("an ask stands in front, once", () => {
  const event = { type: "friend:asked", ask: ask("Jonas"), by_me: false };
  const state = apply(apply(first, event), event);
  assert.deepEqual(names(state.asked_me), ["Jonas", "Lena"]);
  assert.deepEqual(names(apply(first, { ...event, by_me: true }).asked_by_me), ["Jonas", "Noor"]);
});

test("another name or picture stands wherever the person does", () => {
  const shown = (/** @type {string} */ id) => {
    const user = { ...person(id), id, display_name: `New ${id}`, picture: `/faces/${id}.webp` };
    const state = apply(first, { type: "friend:updated", user });
    assert.deepEqual(apply(state, { type: "friend:updated", user }), state);
    const rows = [...state.friends, ...state.asked_me, ...state.asked_by_me];
    return rows.map((row) => (row.user.id === id ? row.user.display_name : "-")).join(" ");
  };
  assert.deepEqual(["ana", "lena", "noor", "jonas"].map(shown), [
    "New ana - - -",
    "- - New lena -",
    "- - - New noor",
    "- - - -",
  ]);
});

test("whoever is removed is nowhere any more", () => {
  const gone = ["ana", "lena", "noor"].reduce(
    (now, user_id) => apply(now, { type: "friend:removed", user_id }),
    first,
  );
  assert.deepEqual(names(gone.friends), ["Tom"]);
  assert.deepEqual([gone.asked_me, gone.asked_by_me], [[], []]);
});

test("presence changes one friend and leaves the others as they were", () => {
  const room = { code: "abc", name: "Club", title: "Big Buck Bunny" };
  const event = {
    type: "presence:changed",
    user_id: "ana",
    presence: "watching",
    room,
    since: "x",
  };
  const state = apply(first, event);
  assert.deepEqual(state.friends[0], { ...friend("Ana", "watching", room), since: "x" });
  assert.equal(state.friends[1], first.friends[1]);
  assert.deepEqual(apply(state, event), state);
});

test("the count follows what the server says", () => {
  assert.equal(apply(first, { type: "notice:new", notice: {}, unread: 4 }).unread, 4);
  assert.equal(apply(first, { type: "notice:count", unread: 0 }).unread, 0);
});

test("what it does not know changes nothing", () => {
  assert.equal(apply(first, { type: "hidden:changed" }), first);
  assert.equal(apply(first, { type: "something:new" }), first);
});

test("who watches stands first, then who is here, by name", () => {
  const friends = [
    friend("Tom"),
    friend("Zoe", "watching"),
    friend("Ana"),
    friend("Lena", "online"),
  ];
  assert.deepEqual(names(inOrder(friends)), ["Zoe", "Lena", "Ana", "Tom"]);
});

test("what somebody is to me", () => {
  assert.deepEqual(
    ["ana", "noor", "lena", "jonas"].map((id) => standingOf(first, id)),
    ["friend", "asked", "asks", "none"],
  );
  assert.equal(standingOf(null, "ana"), "none");
});

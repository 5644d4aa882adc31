import assert from "node:assert/strict";
import { test } from "node:test";
import { doing, saying } from "./words.js";

const user = { id: "1", display_name: "Ana", guest: false, avatar: 1, picture: null };
const room = { code: "abc", name: "Sunday Rabbit Club", title: null };

test("what a friend does, as far as it is told", () => {
  const rows = /** @type {any[]} */ ([
    ["watching", { ...room, title: "Big Buck Bunny" }, "Watching Big Buck Bunny"],
    ["watching", room, "Watching a film"],
    ["watching", null, "Watching a film"],
    ["online", room, "In Sunday Rabbit Club"],
    ["online", null, "Online"],
    ["offline", null, "Offline"],
  ]);
  for (const [presence, where, words] of rows)
    assert.equal(doing({ user, presence, room: where, since: null }), words);
});

test("who is away was last here some time ago", () => {
  const since = new Date(Date.now() - 26 * 3_600_000).toISOString();
  assert.equal(doing({ user, presence: "offline", room: null, since }), "Last here yesterday");
});

test("a notice is one sentence with its names in it", () => {
  /** @param {any} kind */
  const said = (kind) =>
    saying(/** @type {any} */ ({ kind }), "Ana", "Sunday Rabbit Club").join("");
  assert.equal(said("friend_asked"), "Ana wants to be friends");
  assert.equal(said("friend_accepted"), "Ana and you are friends now");
  assert.equal(said("room_invited"), "Ana invites you to Sunday Rabbit Club");
});

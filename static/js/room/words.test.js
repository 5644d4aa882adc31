/** Who did what, as a person would say it. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { stamp } from "../lib/when.js";
import { speak } from "../lib/words.js";
import { film, member, snapshot, timeline } from "./fixtures/people.js";
import { apply, fromSnapshot } from "./state.js";
import { describe, lineOf, namesOf, rateText } from "./words.js";

/** @param {any} line */
const text = (line) =>
  line?.parts
    .map((/** @type {any} */ part) => part.b ?? (part.time === undefined ? part : `@${part.time}`))
    .join("") ?? null;

/**
 * @param {any} event
 * @param {any} [from]
 */
const say = (event, from = snapshot()) => {
  const before = fromSnapshot(from);
  return text(describe(event, before, apply(before, event)));
};

/**
 * @param {string} action
 * @param {any} more
 * @param {string | null} by
 */
const command = (action, more, by = "mara") => ({
  type: "sync:command",
  seq: 11,
  action,
  by,
  timeline: timeline({ seq: 11, ...more }),
});

test("commands name the person who made them", () => {
  assert.equal(say(command("play", { paused: false })), "Mara pressed play");
  assert.equal(say(command("pause", { position: 61 })), "Mara paused at @61");
  assert.equal(say(command("seek", { position: 723 })), "Mara jumped to @723");
  assert.equal(say(command("rate", { rate: 1.25 })), "Mara set the speed to 1.25×");
  assert.equal(say(command("load", {})), "Mara started Big Buck Bunny");
  assert.equal(say(command("load", { item_id: null })), "Mara took the film off");
});

test("one's own deeds are told as yours", () => {
  assert.equal(say(command("play", {}, "ana")), "You pressed play");
});

test("a jump behind where the film is now goes back", () => {
  const playing = snapshot({ timeline: timeline({ paused: false, position: 100, at: 1_000 }) });
  assert.equal(
    say(command("seek", { position: 105, at: 11_000 }), playing),
    "Mara jumped back to @105",
  );
});

test("waiting names who is waited for, and getting ready stays silent", () => {
  assert.equal(
    say(
      command(
        "hold",
        { hold: { reason: "buffering", by: ["mara"], since: 1, resume: true } },
        null,
      ),
    ),
    "Waiting for Mara",
  );
  assert.equal(
    say(command("hold", { hold: { reason: "ready", by: [], since: 1, resume: true } }, null)),
    null,
  );
  assert.equal(say(command("release", { paused: false }, null)), null);
});

test("the next film starts by itself", () => {
  assert.equal(say(command("load", {}, null)), "Next: Big Buck Bunny");
});

test("a film that was deleted while it was on is not gone without a word", () => {
  assert.equal(
    say(command("load", { item_id: null }, null)),
    "The film is gone: whoever brought it took it away",
  );
});

test("people come, go and are removed", () => {
  assert.equal(say({ type: "room:member:joined", seq: 11, member: member("ilya") }), "Ilya joined");
  assert.equal(say({ type: "room:member:joined", seq: 11, member: member("mara") }), null);
  assert.equal(say({ type: "room:member:left", seq: 11, user_id: "mara" }), "Mara left");
  assert.equal(
    say({ type: "room:member:left", seq: 11, user_id: "mara", reason: "kicked" }),
    "Mara was removed",
  );
});

test("whoever was away is told when they come back, oneself and who is here are not", () => {
  const joined = (/** @type {string} */ id) => ({
    type: "room:member:joined",
    seq: 11,
    member: member(id),
  });
  const away = { ...member("mara"), presence: "offline" };
  assert.equal(say(joined("mara"), snapshot({ members: [away] })), "Mara joined");
  assert.equal(say(joined("mara")), null);
  assert.equal(say(joined("ana"), snapshot({ members: [] })), null);
});

test("a film put into the queue is told, a reorder is not", () => {
  assert.equal(
    say({
      type: "queue:updated",
      seq: 11,
      items: [film, { ...film, id: "two", title: "Rue Haute" }],
    }),
    "Mara added Rue Haute",
  );
  assert.equal(say({ type: "queue:updated", seq: 11, items: [film] }), null);
});

test("a new role is told to everyone", () => {
  assert.equal(
    say({ type: "room:member:updated", seq: 11, member: member("ana", "moderator") }),
    "You are now moderator",
  );
});

test("names are joined, and many are counted", () => {
  const state = fromSnapshot(
    snapshot({ members: [member("mara"), member("ana"), member("ilya")] }),
  );
  assert.equal(namesOf(state, ["mara"]), "Mara");
  assert.equal(namesOf(state, ["mara", "ana"]), "Mara and you");
  assert.equal(namesOf(state, ["mara", "ana", "ilya"]), "Mara and 2 others");
});

test("rates are said without needless digits", () => {
  assert.deepEqual([1, 1.25, 0.5].map(rateText), ["1×", "1.25×", "0.5×"]);
});

test("a line of the history reads as it did when it happened", () => {
  const author = member("mara").user;
  const deeds = [
    [{ name: "play", position: 3 }, "Mara pressed play"],
    [{ name: "pause", position: 61 }, "Mara paused at @61"],
    [{ name: "seek", position: 723, back: false }, "Mara jumped to @723"],
    [{ name: "seek", position: 12, back: true }, "Mara jumped back to @12"],
    [{ name: "rate", rate: 1.25 }, "Mara set the speed to 1.25×"],
    [{ name: "load", item_id: "i", title: "Sintel" }, "Mara started Sintel"],
    [{ name: "load", item_id: "i", title: null }, "Mara started a film"],
    [{ name: "load", item_id: null, title: null }, "Mara took the film off"],
    [{ name: "added", title: "Sintel" }, "Mara added Sintel"],
    [{ name: "removed", title: "Sintel" }, "Mara removed Sintel while it was on"],
    [{ name: "joined" }, "Mara joined"],
    [{ name: "left" }, "Mara left"],
    [{ name: "kicked", user_id: "x", display_name: "Ana" }, "Mara removed Ana"],
    [{ name: "role", display_name: "Ana", role: "owner" }, "Mara made Ana host"],
    [{ name: "banned", user_id: "x", display_name: "Ana" }, "Mara banned Ana"],
    [{ name: "unbanned", user_id: "x", display_name: "Ana" }, "Mara lifted the ban on Ana"],
    [{ name: "cleared", count: 1 }, "Mara cleared 1 message"],
    [{ name: "cleared", count: 3, display_name: "Ana" }, "Mara cleared 3 messages of Ana"],
    [{ name: "slow_mode", value: 30 }, "Mara turned slow mode on: a message every 30 s"],
    [{ name: "slow_mode", value: 0 }, "Mara turned slow mode off"],
    [{ name: "new_guests", value: 120 }, "Mara lets new guests write after 2 min"],
    [{ name: "locked_in", value: true }, "Mara closed the room to newcomers"],
    [{ name: "filters" }, "Mara changed what the chat keeps out"],
    [{ name: "renamed", title: "Club" }, "Mara called the room Club"],
  ];
  for (const [deed, words] of deeds)
    assert.equal(text(lineOf(/** @type {any} */ ({ author, deed }), "ana")), words);
});

test("a date reads in the reader's own time zone, in whatever zone it was planned", () => {
  const author = member("mara").user;
  const deed = { evening: "e1", starts_at: "2026-12-04T20:00:00+00:00" };
  const told = (/** @type {string} */ name, /** @type {string} */ me) =>
    text(lineOf(/** @type {any} */ ({ author, deed: { name, ...deed } }), me));
  const time = stamp(deed.starts_at);
  assert.equal(told("evening_planned", "ana"), `Mara planned an evening for ${time}`);
  assert.equal(told("evening_moved", "ana"), `Mara moved the evening to ${time}`);
  assert.equal(told("evening_cancelled", "ana"), "Mara called the evening off");
  const gone = { author: null, deed: { name: "evening_cancelled", ...deed } };
  assert.equal(text(lineOf(/** @type {any} */ (gone), "ana")), "The evening was called off");
  const event = { type: "evening:changed", seq: 11, what: "cancelled", by: null };
  const over = { id: "e1", starts_at: deed.starts_at, state: "cancelled" };
  assert.equal(say({ ...event, evening: over }), "The evening was called off");
  assert.equal(told("evening_planned", "mara"), `You planned an evening for ${time}`);
  assert.equal(told("evening_moved", "mara"), `You moved the evening to ${time}`);
  assert.equal(told("evening_cancelled", "mara"), "You called the evening off");
});

test("one's own lines are told as yours, the room's own without a name", () => {
  const author = member("ana").user;
  const deed = { name: "load", item_id: "i", title: "Sintel" };
  const told = (/** @type {any} */ message) => text(lineOf(message, "ana"));
  assert.equal(told({ author, deed }), "You started Sintel");
  assert.equal(told({ author: null, deed }), "Next: Sintel");
  const removed = { name: "removed", title: "Sintel" };
  assert.equal(told({ author, deed: removed }), "You removed Sintel while it was on");
  assert.equal(told({ author: null, deed: removed }), "Sintel was removed while it was on");
});

test("a deed of a newer server is told in the server's words", () => {
  const message = { author: member("mara").user, deed: { name: "danced" }, body: "Mara danced" };
  assert.equal(text(lineOf(/** @type {any} */ (message), "ana")), "Mara danced");
});

test("in German the same facts make a German sentence", () => {
  speak({
    lang: "de",
    plural: (n) => Number(n !== 1),
    words: {
      "{who} paused at {time}": "{who} hat bei {time} angehalten",
      "You paused at {time}": "Du hast bei {time} angehalten",
      "Waiting for {names}": "Warten auf {names}",
      "waiting for\u0004you": "dich",
    },
  });
  const deed = { name: "pause", position: 61 };
  const told = (/** @type {string} */ me) =>
    text(lineOf(/** @type {any} */ ({ author: member("mara").user, deed }), me));
  assert.equal(told("ana"), "Mara hat bei @61 angehalten");
  assert.equal(told("mara"), "Du hast bei @61 angehalten");
  const hold = { reason: "buffering", by: ["mara", "ana"], since: 1, resume: true };
  assert.equal(say(command("hold", { hold }, null)), "Warten auf Mara und dich");
  speak();
});

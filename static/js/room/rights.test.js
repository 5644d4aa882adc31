import assert from "node:assert/strict";
import { test } from "node:test";
import { rightDeed } from "./right-deeds.js";
import { capabilitiesWith, granters, leftText, mayChange } from "./rights.js";
import { ownNews, signOf } from "./rights-words.js";
import { nearestEnd } from "./ticking.js";

const NOW = 1_800_000_000_000;
const BY_ROLE = {
  owner: ["chat", "control", "invite", "moderate", "queue", "settings", "voice"],
  moderator: ["chat", "invite", "moderate", "queue", "voice"],
  member: ["chat", "invite", "queue", "voice"],
  guest: ["chat", "queue", "voice"],
};

/** @param {string} capability @param {boolean} allowed @param {number | null} [until] */
const right = (capability, allowed, until = null) => ({ capability, allowed, until, by: "owner" });

/** @param {keyof typeof BY_ROLE} role @param {ReturnType<typeof right>[]} rights */
const person = (role, ...rights) => ({
  user: { id: role, display_name: role[0].toUpperCase() + role.slice(1) },
  role,
  rights,
  capabilities: capabilitiesWith(BY_ROLE[role], rights),
});

/** @param {{parts: import("./types.js").Part[]}} line */
const text = ({ parts }) =>
  parts
    .map((part) => (typeof part === "string" ? part : "b" in part ? part.b : part.time))
    .join("");

test("a right gives and takes, and the rest is what the role says", () => {
  const rights = [right("control", true), right("chat", false)];
  assert.deepEqual(capabilitiesWith(BY_ROLE.guest, rights), ["control", "queue", "voice"]);
  assert.deepEqual(capabilitiesWith(BY_ROLE.guest, []), BY_ROLE.guest);
});

test("who may change what of whom, as the server decides it", () => {
  const [owner, moderator, member, guest] = ["owner", "moderator", "member", "guest"].map((role) =>
    person(/** @type {any} */ (role)),
  );
  assert.ok(mayChange(owner, guest, "settings", true));
  assert.ok(mayChange(moderator, guest, "control", true), "though the room keeps it from them");
  assert.ok(!mayChange(moderator, guest, "settings", false));
  assert.ok(!mayChange(moderator, owner, "chat", false));
  assert.ok(!mayChange(moderator, moderator, "chat", true));
  assert.ok(!mayChange(member, guest, "chat", false));
  const mute = person("moderator", right("voice", false));
  assert.ok(!mayChange(mute, guest, "voice", true), "nobody gives what they lack");
  assert.ok(mayChange(mute, guest, "voice", false));
});

test("the remote is given by whoever looks after people and is here, the host first", () => {
  const away = { ...person("moderator"), presence: "offline" };
  const members = [person("member"), person("moderator"), away, person("owner"), person("guest")];
  const state = /** @type {any} */ ({ members });
  assert.deepEqual(
    granters(state, person("guest")).map(({ role }) => role),
    ["owner", "moderator"],
  );
  assert.deepEqual(granters(state, person("owner")), []);
});

test("the time left runs to zero and not below", () => {
  const at = (/** @type {number} */ ms) => leftText(right("control", true, NOW + ms), NOW);
  assert.deepEqual([600_000, 599_999, 599_000, 1, 0, -5_000, 3_600_000].map(at), [
    "10:00",
    "10:00",
    "9:59",
    "0:01",
    "0:00",
    "0:00",
    "1:00:00",
  ]);
  assert.equal(leftText(right("control", true), NOW), "");
  assert.deepEqual(signOf(right("control", true, NOW + 581_000), NOW), {
    icon: "remote",
    words: "Remote",
    left: "9:41",
  });
});

test("only what ends is counted down", () => {
  const state = (/** @type {any[]} */ ...members) => ({ members, me: person("owner") });
  assert.equal(nearestEnd(/** @type {any} */ (state(person("guest")))), null);
  assert.equal(nearestEnd(/** @type {any} */ (state(person("guest", right("chat", false))))), null);
  const [late, soon] = [right("chat", false, NOW + 9), right("control", true, NOW + 5)];
  assert.equal(nearestEnd(/** @type {any} */ (state(person("guest", late, soon)))), NOW + 5);
});

test("one hears what became of one's own rights", () => {
  const named = () => "Mara";
  const heard = (/** @type {any[]} */ before, /** @type {any[]} */ after, now = NOW) =>
    ownNews(person("guest", ...before), person("guest", ...after), now, named).map(
      ({ words }) => words,
    );
  const lent = right("control", true, NOW + 600_000);
  assert.deepEqual(heard([], [lent]), ["Mara gave you the remote for 10 min"]);
  assert.deepEqual(heard([], [right("control", true)]), ["Mara gave you the remote"]);
  assert.deepEqual(heard([lent], []), ["The remote was taken back"]);
  assert.deepEqual(heard([lent], [], NOW + 600_000), ["Your time with the remote is over"]);
  assert.deepEqual(heard([lent], [lent]), []);
  assert.match(heard([], [right("chat", false, NOW + 1)])[0], /^You are muted in the chat until /);
  assert.deepEqual(heard([], [right("chat", false)]), ["You are muted in the chat"]);
  assert.deepEqual(heard([right("chat", false)], []), ["You can write again"]);
  assert.deepEqual(heard([], [right("voice", false), right("invite", true)]), [
    "You are muted in voice",
    "You may invite people now",
  ]);
});

test("whoever stands in for a host who is gone hears why, and why not any more", () => {
  const heard = (/** @type {any[]} */ before, /** @type {any[]} */ after) =>
    ownNews(person("guest", ...before), person("guest", ...after), NOW, () => "")[0].words;
  const stands = { ...right("control", true), stands_in: true };
  assert.match(heard([], [stands]), /^The host is gone: you have the remote/);
  assert.match(heard([stands], []), /^The host is back/);
  assert.equal(signOf(stands, NOW).words, "Stands in");
});

test("every right has its line in the history, for others and for oneself", () => {
  for (const capability of BY_ROLE.owner)
    for (const allowed of [true, false])
      for (const until of [null, NOW]) {
        const facts = { display_name: "Ilya", capability, allowed, until, for_s: 600 };
        assert.match(text(rightDeed(facts, { b: "Mara" })), /^Mara .*Ilya/);
        assert.match(text(rightDeed(facts, null)), /^You .*Ilya/);
      }
  const lent = {
    display_name: "Ilya",
    capability: "control",
    allowed: true,
    until: NOW,
    for_s: 600,
  };
  assert.equal(text(rightDeed(lent, { b: "Mara" })), "Mara gave Ilya the remote for 10 min");
});

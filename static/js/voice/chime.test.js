/** The sound when somebody comes into the call or leaves it: when there is one, and how quiet. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Chime, crowdChange } from "./chime.js";

const ids = (/** @type {string} */ names) => new Set(names.split(" ").filter(Boolean));

test("somebody came, somebody left, nobody moved; oneself does not count", () => {
  assert.equal(crowdChange(ids("me"), ids("me ana"), "me"), "joined");
  assert.equal(crowdChange(ids("me ana"), ids("me"), "me"), "left");
  assert.equal(crowdChange(ids("me ana"), ids("me bo"), "me"), "joined", "one sound, not two");
  assert.equal(crowdChange(ids("me ana"), ids("ana me"), "me"), null);
  assert.equal(crowdChange(ids("ana"), ids("ana me"), "me"), null);
});

/** @param {Partial<import("./chime.js").Hearing>} [hearing] */
function rig(hearing) {
  let nowMs = 0;
  /** @type {any[]} */
  const played = [];
  /** @type {any} */
  const now = { inCall: true, deafened: false, wanted: true, ...hearing };
  const chime = new Chime({ play: (what) => played.push(what), now: () => nowMs });
  let crowd = ids("me");
  const at = (/** @type {number} */ ms, /** @type {string} */ names, more = {}) => {
    nowMs = ms;
    crowd = ids(names);
    chime.look({ crowd, mine: "me", ...now, ...more });
    return played.length;
  };
  return { at, played };
}

test("one who comes is heard, and one who leaves", () => {
  const { at, played } = rig();
  at(0, "me");
  at(5_000, "me ana");
  at(9_000, "me");
  assert.deepEqual(played, ["joined", "left"]);
});

test("many at once are one sound", () => {
  const { at } = rig();
  at(0, "me");
  assert.equal(at(5_000, "me ana"), 1);
  assert.equal(at(5_300, "me ana bo"), 1);
  assert.equal(at(5_900, "me ana bo ilya"), 1);
  assert.equal(at(6_001, "me ana bo ilya jonas"), 2);
});

test("whoever is met in the first second after one's own joining makes no sound", () => {
  const { at } = rig();
  at(0, "ana", { inCall: false });
  at(10_000, "ana me");
  assert.equal(at(10_900, "ana me bo"), 0);
  assert.equal(at(11_500, "ana me bo ilya"), 1);
});

test("no sound outside the call, to the deafened, or where it was switched off", () => {
  for (const why of [{ inCall: false }, { deafened: true }, { wanted: false }]) {
    const { at } = rig(why);
    at(0, "me");
    assert.equal(at(5_000, "me ana"), 0, JSON.stringify(why));
  }
});

test("what happened while one was deafened is not made up for", () => {
  const { at } = rig();
  at(0, "me");
  at(5_000, "me ana", { deafened: true });
  assert.equal(at(9_000, "me ana"), 0);
});

/** A room's way of waiting, out of its form. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { waitOf } from "./waiting.js";

test("what the form says about waiting is numbers for the server", () => {
  const values = { wait: "1", wait_grace_ms: "250", wait_quorum: "0.5", wait_cap_s: "30" };
  const policy = { mode: "on", grace_ms: 250, quorum: 0.5, cap_s: 30 };
  assert.deepEqual(waitOf(values), policy);
  const { wait: _wait, ...off } = values;
  assert.deepEqual(waitOf(off), { ...policy, mode: "off" });
});

import assert from "node:assert/strict";
import { test } from "node:test";

import { describeAgent } from "./agent.js";

const CHROME =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0 Safari/537.36";
const PHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 Version/19.0 Mobile/15E148 Safari/604.1";

test("a browser is named with its system", () => {
  assert.deepEqual(describeAgent(CHROME), { words: "Chrome on Linux", phone: false });
  assert.deepEqual(describeAgent(PHONE), { words: "Safari on iPhone", phone: true });
  assert.equal(describeAgent(`${CHROME} Edg/146.0`).words, "Edge on Linux");
});

test("an API client goes by its first word", () => {
  assert.equal(describeAgent("python-httpx/0.28").words, "python-httpx");
  assert.equal(describeAgent("").words, "Unknown device");
});

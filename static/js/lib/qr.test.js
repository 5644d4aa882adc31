/** QR codes as a path. That cameras read them is looked at in a browser test. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { qrPath } from "./qr.js";

test("a code has its three corners and is as large as its text wants", async () => {
  const short = await qrPath("https://example.org/i/abc");
  const long = await qrPath(`https://example.org/i/${"x".repeat(120)}`);
  assert.ok(long.size > short.size);
  for (const bar of ["M0 0h7v1H0z", `M${short.size - 7} 0h7v1H${short.size - 7}z`])
    assert.ok(short.path.includes(bar), bar);
  assert.ok(short.path.includes(`M0 ${short.size - 1}h7`));
});

/** What stopped an upload. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { HttpError } from "../lib/http.js";
import { uploadError, worthRepeating } from "./words.js";

/**
 * @param {number} status
 * @param {string} body
 */
const refused = (status, body) => ({
  originalResponse: { getStatus: () => status, getBody: () => body },
});

test("it repeats the server's own words, code and time to wait", () => {
  const body = JSON.stringify({
    error: { code: "quota_exceeded", message: "Your films have no room left.", retry_after: 5 },
  });
  const error = uploadError(refused(413, body));
  assert.ok(error instanceof HttpError);
  assert.equal(error.message, "Your films have no room left.");
  assert.equal(error.code, "quota_exceeded");
  assert.equal(error.status, 413);
  assert.equal(error.retryAfter, 5);
});

test("a proxy's page becomes words of ours", () => {
  const error = uploadError(refused(413, "<html>413 Request Entity Too Large</html>"));
  assert.match(error.message, /too large/);
  assert.equal(error.code, "http_413");
  assert.match(uploadError(refused(418, "")).message, /Try again/);
});

test("a body that is JSON but no error of ours does no harm", () => {
  for (const body of ["null", "[1]", "1", '{"error": null}'])
    assert.equal(uploadError(refused(500, body)).code, "http_500");
});

test("no answer means that the connection broke", () => {
  const error = uploadError(new Error("tus: failed to upload chunk"));
  assert.equal(error.code, "offline");
  assert.equal(error.status, 0);
});

test("an error that has words already keeps them", () => {
  const error = new HttpError(401, "not_signed_in", "Sign in first.");
  assert.equal(uploadError(error), error);
});

test("it repeats what may pass, never a refusal", () => {
  for (const status of [0, 409, 423, 429, 500, 502, 503]) assert.ok(worthRepeating(status));
  for (const status of [400, 401, 403, 404, 413, 415, 507]) assert.ok(!worthRepeating(status));
});

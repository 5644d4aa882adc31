/** Pictures that stay while their addresses change. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { withKeptPictures } from "./pictures.js";

const NOW_MS = Date.parse("2026-11-24T12:00:00Z");

/**
 * @param {string} token
 * @param {number} chosen
 * @param {string} [ends]
 * @returns {any}
 */
const film = (token, chosen, ends = "2026-11-24T18:00:00Z") => {
  const posters = [0, 1].map((at) => `/media/hls/${token}/f/poster-${at}.jpg`);
  return { id: "f", poster: posters[chosen], posters, expires_at: ends, progress: 1 };
};

test("the same picture keeps its address", () => {
  const before = film("one", 0);
  const now = withKeptPictures(before, { ...film("two", 0), progress: 2 }, NOW_MS);
  assert.equal(now.poster, before.poster);
  assert.deepEqual(now.posters, before.posters);
  assert.equal(now.progress, 2);
});

test("another choice shows the other picture", () => {
  const before = film("one", 0);
  const now = withKeptPictures(before, film("two", 1), NOW_MS);
  assert.equal(now.poster, before.posters[1]);
});

test("addresses near their end are replaced", () => {
  const now = withKeptPictures(film("one", 0, "2026-11-24T12:00:30Z"), film("two", 0), NOW_MS);
  assert.match(now.poster ?? "", /two/);
});

test("pictures that appear are shown", () => {
  const before = { ...film("one", 0), poster: null, posters: [] };
  assert.match(withKeptPictures(before, film("two", 1), NOW_MS).poster ?? "", /two.*poster-1/);
  assert.match(withKeptPictures(undefined, film("two", 1), NOW_MS).poster ?? "", /two/);
});

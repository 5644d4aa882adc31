/** What somebody watched, and what therefore tells them nothing new. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Watched } from "./watched.js";

const FILM = "film";

/** @param {Watched} watched @param {number} fromS @param {number} toS @param {boolean} [plays] */
function play(watched, fromS, toS, plays = true) {
  for (let atS = fromS; atS <= toS; atS += 0.5) watched.look({ itemId: FILM, atS }, plays);
}

/** @param {number | null} at @param {object} [more] @returns {any} */
const said = (at, more = {}) => ({
  kind: "text",
  item_id: FILM,
  media_time: at,
  author: { id: "ana" },
  ...more,
});

/** @param {Watched} watched @param {any} message @param {number} atS */
const ahead = (watched, message, atS) => watched.isAhead(message, { itemId: FILM, atS }, "mara");

test("what was said more than five seconds ahead tells what comes", () => {
  const watched = new Watched();
  assert.equal(ahead(watched, said(106), 100), true);
  assert.equal(ahead(watched, said(105), 100), false);
  assert.equal(ahead(watched, said(20), 100), false);
});

test("one's own words, deeds, other films and words to no film are not veiled", () => {
  const watched = new Watched();
  for (const more of [{ author: { id: "mara" } }, { kind: "system" }, { item_id: "other" }])
    assert.equal(ahead(watched, said(500, more), 0), false);
  assert.equal(ahead(watched, said(null), 0), false);
  assert.equal(watched.isAhead(said(500), { itemId: null, atS: 0 }, "mara"), false);
  assert.equal(ahead(watched, said(500, { author: null }), 0), true);
});

test("a room that goes back to see a scene again hides nothing that was seen", () => {
  const watched = new Watched();
  play(watched, 0, 600);
  assert.equal(ahead(watched, said(590), 30), false);
  assert.equal(ahead(watched, said(700), 30), true);
});

test("who came late and is taken back to the start has not seen the beginning", () => {
  const watched = new Watched();
  play(watched, 3000, 3030);
  assert.equal(ahead(watched, said(1200), 0), true);
  assert.equal(ahead(watched, said(3010), 0), false);
});

test("the server is asked by the same rule", () => {
  const watched = new Watched();
  assert.deepEqual(watched.known({ itemId: null, atS: 7 }), {});
  assert.deepEqual(watched.known({ itemId: FILM, atS: 7 }), {
    item: FILM,
    to: 12,
    seen: undefined,
  });
  play(watched, 0, 10);
  play(watched, 60, 70);
  play(watched, 90, 100);
  const { to, seen } = watched.known({ itemId: FILM, atS: 30 });
  assert.deepEqual([to, seen], [35, "59.000-71.000,89.000-101.000"]);
  for (const at of [35, 35.1, 59, 71, 71.1, 90, 101.1]) {
    const stretches = (seen ?? "").split(",").map((pair) => pair.split("-").map(Number));
    const told = at <= (to ?? 0) || stretches.some(([from, end]) => at >= from && at <= end);
    assert.equal(told, !ahead(watched, said(at), 30), `${at}`);
  }
});

test("a jump and a film that stands are not watched", () => {
  const watched = new Watched();
  play(watched, 0, 10);
  watched.look({ itemId: FILM, atS: 5000 }, true);
  watched.look({ itemId: FILM, atS: 10 }, true);
  play(watched, 60, 90, false);
  watched.look({ itemId: "other", atS: 90.5 }, true);
  assert.equal(watched.has(FILM, 2500), false);
  assert.equal(watched.has(FILM, 75), false);
  assert.equal(watched.has(FILM, 9), true);
});

test("it is kept, and anything else that was kept is as good as nothing", () => {
  const watched = new Watched();
  play(watched, 0, 10);
  play(watched, 20, 30);
  play(watched, 8, 22);
  assert.equal(watched.text, '{"film":[[0,30]]}');
  assert.equal(new Watched(watched.text).has(FILM, 25), true);
  for (const text of ["", "null", "[]", "{", '{"film":7}', '{"film":[["a"],[1,null]]}'])
    assert.equal(new Watched(text).has(FILM, 1), false, text);
  for (let item = 0; item < 30; item++) {
    watched.look({ itemId: `i${item}`, atS: 0 }, true);
    watched.look({ itemId: `i${item}`, atS: 1 }, true);
  }
  assert.equal(Object.keys(JSON.parse(watched.text)).length, 20);
});

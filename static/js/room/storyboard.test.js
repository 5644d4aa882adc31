/** Reading a storyboard. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { cellAt, parseStoryboard } from "./storyboard.js";

const VTT = `WEBVTT

00:00.000 --> 00:05.000
sb001.jpg#xywh=0,0,160,90

1:00:05.000 --> 1:00:10.500
sb001.jpg#xywh=160,0,160,90

00:20.000 --> 00:25.000
not a cell
`;

test("cells carry their times, their picture and their cut-out", () => {
  const cells = parseStoryboard(VTT, "https://here.example/media/t/v/story.vtt");
  assert.equal(cells.length, 2);
  assert.deepEqual(cells[1], {
    from: 3605,
    to: 3610.5,
    url: "https://here.example/media/t/v/sb001.jpg",
    x: 160,
    y: 0,
    w: 160,
    h: 90,
  });
});

test("a moment shows the last cell that has begun", () => {
  const cells = parseStoryboard(VTT, "https://here.example/");
  assert.equal(cellAt(cells, 4)?.x, 0);
  assert.equal(cellAt(cells, 9_999)?.x, 160);
  assert.equal(cellAt([], 3), null);
});

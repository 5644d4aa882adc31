/** Reactions: what is sent, what is shown once, how much of it floats, what is read aloud. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { standingTime } from "./fixtures/time.js";
import { Spoken } from "./reaction-words.js";
import { Air, Counts, Outgoing } from "./reactions.js";

/** @param {(emoji: string, count: number) => Promise<unknown>} [answer] */
function outgoing(answer = async () => {}) {
  const time = standingTime();
  /** @type {[number, string, number][]} */
  const sent = [];
  const made = new Outgoing({
    ...time,
    send: (emoji, count) => {
      sent.push([time.now(), emoji, count]);
      return answer(emoji, count);
    },
  });
  return { time, sent, made };
}

test("the first reaction goes at once, those of the next half second as one", () => {
  const { time, sent, made } = outgoing();
  for (let i = 0; i < 5; i++) {
    made.press("😂");
    time.pass(80);
  }
  time.pass(1000);
  assert.deepEqual(sent, [
    [0, "😂", 1],
    [500, "😂", 4],
  ]);
});

test("somebody who drums on the keys sends two frames a second, ten of a kind at most", () => {
  const { time, sent, made } = outgoing();
  for (let i = 0; i < 200; i++) {
    made.press("🔥");
    time.pass(10);
  }
  assert.deepEqual(
    sent.map(([at]) => at),
    [0, 500, 1000, 1500, 2000],
  );
  assert.ok(sent.every(([, , count]) => count <= 10));
});

test("several kinds go one after the other, none is forgotten", () => {
  const { time, sent, made } = outgoing();
  for (const emoji of ["😂", "🎉", "🍿", "🎉"]) made.press(emoji);
  time.pass(2000);
  assert.deepEqual(sent, [
    [0, "😂", 1],
    [500, "🎉", 2],
    [1000, "🍿", 1],
  ]);
  assert.equal(time.waiting, 0, "and then nothing ticks");
});

test("the echo of one's own is not shown again, another tab's is", () => {
  const { time, made } = outgoing();
  made.press("😂");
  assert.equal(made.echo("😂", 1), 0);
  assert.equal(made.echo("😂", 1), 1, "this one came from the other tab");
  made.press("🎉");
  time.pass(500);
  assert.equal(made.echo("🎉", 4), 3, "one of them was ours");
});

test("an echo that never comes hides nothing later", () => {
  const { time, made } = outgoing();
  made.press("😂");
  time.pass(5000);
  assert.equal(made.echo("😂", 1), 1);
});

test("a refused one waits for no echo, and the refusal is told", async () => {
  /** @type {string[]} */
  const told = [];
  const { made } = outgoing(() => Promise.reject(new Error("No")));
  made.onRefused = (error) => told.push(error.message);
  made.press("😂");
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(told, ["No"]);
  assert.equal(made.echo("😂", 1), 1);
});

test("a few float one by one, many of a kind as one with its number", () => {
  const air = new Air(24);
  assert.deepEqual(air.add("😂", 3), [
    { emoji: "😂", count: 1 },
    { emoji: "😂", count: 1 },
    { emoji: "😂", count: 1 },
  ]);
  assert.deepEqual(air.add("😂", 9), [{ emoji: "😂", count: 9 }]);
});

test("never more float than the budget; what finds no room comes with the next", () => {
  const air = new Air(4);
  let flying = air.add("😂", 3).length;
  for (let i = 0; i < 500; i++) flying += air.add(i % 2 ? "🔥" : "😂", 1).length;
  assert.equal(flying, 4);
  assert.deepEqual(air.landed(), [{ emoji: "🔥", count: 250 }]);
  assert.deepEqual(air.landed(), [{ emoji: "😂", count: 249 }]);
  assert.deepEqual(air.landed(), []);
});

test("a count grows while reactions come and goes some seconds after the last", () => {
  const time = standingTime();
  const counts = new Counts({ ...time, changed: () => {} });
  counts.add("🍿", 2);
  time.pass(3000);
  counts.add("🍿", 1);
  counts.add("😂", 1);
  time.pass(3000);
  assert.deepEqual(
    [...counts.shown],
    [
      ["🍿", 3],
      ["😂", 1],
    ],
  );
  time.pass(1000);
  assert.deepEqual([...counts.shown], []);
});

function spoken() {
  const time = standingTime();
  /** @type {string[]} */
  const said = [];
  return { time, said, made: new Spoken({ ...time, say: (words) => said.push(words) }) };
}

test("one person's reaction is read aloud by name", () => {
  const { time, said, made } = spoken();
  made.add("Ana", "🍿");
  made.add("Ana", "🍿");
  assert.deepEqual(said, []);
  time.pass(1000);
  assert.deepEqual(said, ["Ana reacted with 🍿"]);
});

test("several people are one sentence", () => {
  const { time, said, made } = spoken();
  made.add("Ana", "🍿");
  made.add("You", "😂");
  time.pass(1000);
  made.add("Ana", "🍿");
  made.add("Ilya", "😂");
  made.add("Jonas", "🔥");
  made.add("Mara", "🎉");
  time.pass(10_000);
  assert.deepEqual(said, [
    "Ana and you reacted with 🍿 and 😂",
    "Ana and 3 others reacted with 🍿, 😂 and more",
  ]);
});

test("a storm of them speaks every five seconds at most", () => {
  const { time, said, made } = spoken();
  for (let i = 0; i < 200; i++) {
    made.add(`Guest ${i}`, "👏");
    time.pass(100);
  }
  assert.ok(said.length <= 5, `${said.length} sentences in 20 s`);
  assert.equal(said[1], "Guest 10 and 49 others reacted with 👏");
});

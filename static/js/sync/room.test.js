/** Simulated rooms: wrong clocks, unequal ways, faulty players; and the truth about them. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { FIREFOX } from "./settings.js";
import { WAYS } from "./sim/network.js";
import { quantile, SimRoom } from "./sim/room.js";

/** The three people of the benchmark. */
const people = () => [
  {
    way: WAYS.far,
    clock: { offsetMs: 137_000, ppm: 40 },
    habits: { startErrorMs: 150 },
  },
  { way: WAYS.middling, clock: { offsetMs: -95_000, ppm: -35 }, habits: { biasPpm: 200 } },
  { way: WAYS.near, clock: { offsetMs: 41_000, ppm: 15 } },
];

/**
 * @param {number} seed
 * @param {{control?: boolean}} [how]
 */
async function watching(seed, { control = true } = {}) {
  const room = new SimRoom(seed);
  for (const person of people()) room.join({ ...person, control });
  await room.pass(4);
  room.server.command("play");
  const at = room.world.now;
  return { room, at };
}

test("after play the room is in step within seconds, and stays so", async () => {
  const { room, at } = await watching(1);
  await room.pass(65);
  assert.ok(room.settledAfter(at, 50) <= 4000, `T50 ${room.settledAfter(at, 50)}`);
  const skews = room.skews(at + 15_000);
  assert.ok(quantile(skews, 0.5) <= 6, `median ${quantile(skews, 0.5)}`);
  assert.ok(quantile(skews, 0.95) <= 16.7, `p95 ${quantile(skews, 0.95)}`);
});

test("the first film of an evening begins for everybody at one moment", async () => {
  const room = new SimRoom(7);
  room.server.timeline = { ...room.server.timeline, item_id: null, source: null };
  for (const person of people()) room.join({ ...person, control: true });
  await room.pass(20);
  room.server.command("load", { item_id: "film" });
  assert.equal(room.server.timeline.hold?.reason, "ready", "people without a film count as well");
  room.server.command("play");
  const at = room.world.now;
  await room.pass(30);
  assert.ok(room.settledAfter(at, 50) <= 2500, `T50 ${room.settledAfter(at, 50)}`);
});

test("a clock that is read in steps is not behind its own sound", async () => {
  const room = new SimRoom(3);
  room.join({ way: WAYS.near });
  room.join({ way: WAYS.near, habits: { stepMs: 40, biasPpm: 200 }, profile: FIREFOX });
  await room.pass(4);
  room.server.command("play");
  const at = room.world.now;
  await room.pass(60);
  const skews = room.skews(at + 10_000);
  assert.ok(quantile(skews, 0.5) <= 8, `median ${quantile(skews, 0.5)}`);
});

test("without control the same room visibly fails", async () => {
  const { room, at } = await watching(1, { control: false });
  await room.pass(65);
  assert.ok(quantile(room.skews(at + 15_000), 0.5) > 30);
});

test("after a seek everybody meets at the new place", async () => {
  const { room } = await watching(2);
  await room.pass(20);
  room.server.command("seek", { position: 1200 });
  const at = room.world.now;
  await room.pass(40);
  const places = room.record.at(-1)?.places ?? [];
  assert.ok(places.every((place) => place > 1200 && place < 1245));
  const skews = room.skews(at + 15_000);
  assert.ok(quantile(skews, 0.95) <= 16.7, `p95 ${quantile(skews, 0.95)}`);
});

test("a pause stops everybody at exactly the same picture", async () => {
  const { room } = await watching(3);
  await room.pass(20);
  room.server.command("pause");
  await room.pass(5);
  const places = room.record.at(-1)?.places ?? [];
  assert.ok(Math.max(...places) - Math.min(...places) < 0.001);
  assert.ok(room.viewers.every(({ player }) => !player.moving));
});

/** @param {import("./sim/room.js").Viewer} viewer */
const seeksOf = ({ session }) => /** @type {any} */ (session.diagnostics()).seeks;

test("somebody who comes late disturbs nobody and is soon in step", async () => {
  const { room } = await watching(4);
  await room.pass(30);
  const seeksBefore = room.viewers.map(seeksOf);
  const late = room.join({ way: WAYS.middling, clock: { offsetMs: 9_000_000, ppm: -20 } });
  const at = room.world.now;
  await room.pass(25);
  assert.ok(late.player.moving);
  assert.ok(room.settledAfter(at, 50) <= 8000, `${room.settledAfter(at, 50)}`);
  const seeksAfter = room.viewers.slice(0, 3).map(seeksOf);
  assert.deepEqual(seeksAfter, seeksBefore);
});

test("from far away most are in step three seconds after they come, nearly all after five", async () => {
  const times = [];
  for (let seed = 1; seed <= 100; seed++) {
    const room = new SimRoom(seed);
    room.join({ way: WAYS.near, clock: { offsetMs: 137_000, ppm: 40 } });
    await room.pass(4);
    room.server.command("play");
    await room.pass(10);
    room.join({ way: WAYS.far, clock: { offsetMs: 9_000_000, ppm: -20 } });
    const at = room.world.now;
    await room.pass(15);
    times.push(room.settledAfter(at, 16.7));
  }
  assert.ok(quantile(times, 0.75) <= 3000, `three of four ${quantile(times, 0.75)}`);
  assert.ok(quantile(times, 0.9) <= 4500, `nine of ten ${quantile(times, 0.9)}`);
});

test("corrections are few: no player is written to all the time", async () => {
  const { room } = await watching(5);
  await room.pass(20);
  const before = room.viewers.map(({ player }) => player.rates.length);
  await room.pass(120);
  for (const [i, { player }] of room.viewers.entries())
    assert.ok(player.rates.length - (before[i] ?? 0) <= 24, `${player.rates.length} in 2 minutes`);
});

test("steady corrections stay within one and a half percent", async () => {
  const { room } = await watching(6);
  await room.pass(30);
  const from = room.viewers.map(({ player }) => player.rates.length);
  await room.pass(60);
  const rates = room.viewers.flatMap(({ player }, i) => player.rates.slice(from[i]));
  assert.ok(
    rates.every((rate) => Math.abs(rate - 1) <= 0.0152),
    `${rates}`,
  );
});

test("another speed is everybody's, and the room stays together", async () => {
  const { room } = await watching(7);
  await room.pass(20);
  room.server.command("rate", { rate: 1.5 });
  const at = room.world.now;
  await room.pass(30);
  assert.ok(quantile(room.skews(at + 15_000), 0.95) <= 80);
});

for (const [words, lengthS, duration, farthest] of /** @type {[string, number, any, number][]} */ ([
  ["an address outside is as long as its player finds it", 2400, 2400, 2400],
  ["a broadcast has no length", Number.POSITIVE_INFINITY, null, 9000],
  ["before anything is known there is no length", Number.NaN, null, 9000],
]))
  test(words, async () => {
    const room = new SimRoom(8);
    const { player, session } = /** @type {import("./sim/room.js").Viewer} */ (
      room.join({ grant: async () => ({ url: "https://films.example/a.mp4", duration: null }) })
    );
    player.lengthS = lengthS;
    await room.pass(4);
    assert.equal(session.state.duration, duration);
    assert.equal(session.within(9000), farthest);
  });

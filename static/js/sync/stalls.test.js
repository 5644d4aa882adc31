/** Somebody's data runs dry: with waiting, without, and what the browser refuses. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { WAYS } from "./sim/network.js";
import { pair, SimRoom } from "./sim/room.js";

test("with waiting off nobody else stops, and the one who stalled is soon back in step", async () => {
  const room = await pair(11);
  room.viewers[1].player.stall(2000);
  const over = room.world.now + 2000;
  await room.pass(15);
  const others = room.record.filter(({ atMs }) => atMs > over - 2000);
  assert.ok(others.every(({ moving }) => moving[0]));
  assert.ok(room.settledAfter(over, 16.7) <= 6000, `${room.settledAfter(over, 16.7)} ms`);
});

test("with waiting on the room holds and goes on together", async () => {
  const room = await pair(12);
  room.server.wait = true;
  room.viewers[1].player.stall(3000);
  await room.pass(1.5);
  assert.equal(room.server.timeline.hold?.reason, "buffering");
  assert.equal(room.viewers[0].session.state.state, "waiting");
  await room.pass(10);
  assert.equal(room.server.timeline.hold, null);
  assert.ok(room.viewers.every(({ player }) => player.moving));
});

test("nobody waits for whoever wants that nobody waits, and their film goes on", async () => {
  const room = await pair(17);
  room.server.wait = true;
  const { session, player } = room.viewers[1];
  const heldFor = () => room.server.timeline.hold?.reason ?? null;
  session.exempt = true;
  player.stall(3000);
  await room.pass(2);
  assert.equal(heldFor(), null);
  assert.ok(room.viewers[0].player.moving);
  await room.pass(10);
  assert.deepEqual([player.moving, session.state.state], [true, "in_sync"]);
  session.exempt = false;
  player.stall(3000);
  await room.pass(2);
  assert.equal(heldFor(), "buffering");
});

/**
 * A second person whose data is slow to come.
 * @param {number} seed
 * @param {number} fetchMs
 */
function slowSecond(seed, fetchMs) {
  const room = new SimRoom(seed);
  room.join({ way: WAYS.near });
  const { id, player } = room.join({ way: WAYS.near, habits: { fetchMs } });
  room.server.wait = true;
  return { room, player, said: () => room.server.heardOf(id) };
}

test("with waiting on the room waits for whoever has nothing to start with", async () => {
  const { room, player, said } = slowSecond(18, 12_000);
  await room.pass(2);
  room.server.command("play");
  await room.pass(6);
  assert.equal(said(), "buffering");
  assert.deepEqual(room.server.timeline.hold?.by, ["viewer-1"]);
  await room.pass(10);
  assert.equal(room.server.timeline.hold, null);
  assert.ok(player.moving);
});

test("a short way back into step is no stall and no pause", async () => {
  const { room, said } = slowSecond(19, 300);
  await room.pass(4);
  room.server.command("play");
  await room.pass(10);
  const heard = new Set();
  room.viewers[1].player.jump(5000);
  for (let i = 0; i < 60; i++) {
    await room.pass(0.05);
    heard.add(said());
  }
  assert.deepEqual([...heard], ["playing", "ready"]);
});

test("a room does not wait for somebody whose browser wants a gesture first", async () => {
  const room = new SimRoom(20);
  room.join({ way: WAYS.near });
  const { id, session, player } = room.join({ way: WAYS.near, habits: { gesture: "always" } });
  room.server.wait = true;
  await room.pass(4);
  room.server.command("play");
  await room.pass(3);
  assert.deepEqual([session.state.needsGesture, room.server.heardOf(id)], [true, "detached"]);
  room.server.command("seek", { position: 1200 });
  await room.pass(2);
  assert.equal(room.server.timeline.hold, null);
  assert.ok(room.viewers[0].player.moving);
  player.touched();
  session.unlock();
  await room.pass(3);
  assert.deepEqual([player.moving, room.server.heardOf(id)], [true, "playing"]);
});

test("a jump of the media clock by itself is measured again and mended", async () => {
  const room = await pair(13);
  room.viewers[1].player.jump(100);
  const at = room.world.now;
  await room.pass(15);
  assert.ok(room.settledAfter(at, 16.7) <= 8000, `${room.settledAfter(at, 16.7)} ms`);
});

test("where sound needs a gesture the film plays muted and says so", async () => {
  const room = await pair(14, { gesture: true });
  const { session, player } = room.viewers[1];
  assert.ok(player.moving);
  assert.ok(session.state.muted);
  session.unlock();
  assert.equal(session.state.muted, false);
});

test("watching on one's own ignores the room, and resync brings one back", async () => {
  const room = await pair(15);
  const { session, player } = room.viewers[1];
  session.detach();
  player.seek(900);
  await room.pass(3);
  assert.equal(session.state.state, "detached");
  session.resync();
  const at = room.world.now;
  await room.pass(15);
  assert.ok(room.settledAfter(at, 16.7) <= 8000, `${room.settledAfter(at, 16.7)} ms`);
});

test("a device's own sound delay is taken off", async () => {
  const room = await pair(16);
  room.viewers[1].session.setOutputOffset(200);
  await room.pass(20);
  const [one, other] = room.record.at(-1)?.places ?? [0, 0];
  assert.ok(Math.abs((other - one) * 1000 - 200) < 20, `${(other - one) * 1000} ms`);
});

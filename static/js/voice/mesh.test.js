/** The mesh: who offers, what happens to two offers at once, and to connections that do not come about. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { FakePc, settled } from "./fakes.js";
import { Mesh } from "./mesh.js";

/** Meshes by name, whose signals reach each other (unless `lost`). */
class World {
  /** @type {Map<string, Mesh>} */
  meshes = new Map();
  /** @type {Map<string, FakePc[]>} */
  pcs = new Map();
  /** @type {any[]} */
  sent = [];
  lost = false;

  /** @param {import("node:test").TestContext} t at whose end every watch stops */
  constructor(t) {
    t.after(() => {
      this.lost = true;
      for (const mesh of this.meshes.values()) mesh.close();
    });
  }

  /** @param {string} name */
  add(name) {
    const pcs = /** @type {FakePc[]} */ ([]);
    const mesh = new Mesh({
      session: name,
      ice: { iceServers: [], iceTransportPolicy: "all" },
      send: (frame) => this.#carry(name, frame),
      onTrack: () => {},
      onState: () => {},
      open: (configuration) => {
        const pc = new FakePc(configuration);
        pcs.push(pc);
        return /** @type {any} */ (pc);
      },
    });
    this.meshes.set(name, mesh);
    this.pcs.set(name, pcs);
    return mesh;
  }

  /** @param {string} from @param {any} frame */
  #carry(from, frame) {
    this.sent.push({ from, ...frame });
    if (this.lost) return;
    const { to, ...rest } = frame;
    queueMicrotask(() => this.meshes.get(to)?.signal({ from, to, user_id: from, ...rest }));
  }

  /** @param {string} name */
  pc(name) {
    return /** @type {FakePc} */ (this.pcs.get(name)?.at(-1));
  }

  get offers() {
    return this.sent.filter(({ description }) => description?.type === "offer");
  }
}

/** @param {string} session */
const peer = (session) => ({
  session,
  user: { id: session, display_name: session, guest: false, avatar: 1 },
  muted: false,
  deafened: false,
});

/** @param {import("node:test").TestContext} t */
async function pair(t) {
  const world = new World(t);
  const [ana, bo] = [world.add("ana"), world.add("bo")];
  ana.await(peer("bo"));
  bo.meet([peer("ana")], { again: false });
  await settled();
  return { world, ana, bo };
}

/** @param {import("node:test").TestContext} t */
async function connected(t) {
  const made = await pair(t);
  made.world.pc("ana").becomes("connected");
  made.world.pc("bo").becomes("connected");
  return made;
}

test("whoever comes offers, whoever was there answers, and both send", async (t) => {
  const { world } = await pair(t);
  assert.deepEqual(
    world.offers.map(({ from }) => from),
    ["bo"],
  );
  for (const name of ["ana", "bo"]) {
    assert.equal(world.pc(name).signalingState, "stable");
    assert.equal(world.pc(name).getTransceivers()[0].direction, "sendrecv");
  }
});

test("an offer that comes before its sender was announced is answered too", async (t) => {
  const world = new World(t);
  world.add("ana");
  world.add("bo").meet([peer("ana")], { again: false });
  await settled();
  assert.equal(world.pc("ana").signalingState, "stable");
});

test("two offers at once: one side takes its own back, twenty times out of twenty", async (t) => {
  for (let round = 0; round < 20; round += 1) {
    const world = new World(t);
    const names = round % 2 ? ["ana", "bo"] : ["bo", "ana"];
    const [one, other] = names.map((name) => world.add(name));
    one.meet([peer(names[1])], { again: false });
    other.meet([peer(names[0])], { again: false });
    await settled();
    assert.equal(world.offers.length, 2);
    for (const name of names)
      assert.equal(world.pc(name).signalingState, "stable", `round ${round}`);
  }
});

test("our voice goes to whoever comes later as well", async (t) => {
  const { world, ana } = await pair(t);
  const track = /** @type {any} */ ({ kind: "audio" });
  await ana.send(track);
  assert.equal(world.pc("ana").getTransceivers()[0].sender.track, track);
  world.add("cy").meet([peer("ana"), peer("bo")], { again: false });
  await settled();
  assert.equal(world.pc("ana").getTransceivers()[0].sender.track, track);
});

test("a pair that is not connected in ten seconds is built anew, and late signals are dropped", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { world } = await pair(t);
  const before = world.pc("bo");
  t.mock.timers.tick(10_000);
  await settled();
  assert.notEqual(world.pc("bo"), before);
  assert.equal(world.offers.length, 2);
  assert.equal(world.offers[1].epoch, 1);
  assert.equal(before.connectionState, "closed");
  const late = { from: "bo", to: "ana", user_id: "bo", epoch: 0, candidate: null };
  const known = world.pc("ana").candidates.length;
  world.meshes.get("ana")?.signal(late);
  await settled();
  assert.equal(world.pc("ana").candidates.length, known);
});

test("a line that breaks gets another way after three seconds; in vain twice, it is built anew", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { world } = await connected(t);
  const pc = world.pc("bo");
  pc.becomes("disconnected");
  t.mock.timers.tick(2_999);
  assert.equal(pc.restarts, 0);
  t.mock.timers.tick(1);
  assert.equal(pc.restarts, 1);
  t.mock.timers.tick(10_000);
  assert.equal(pc.restarts, 2);
  t.mock.timers.tick(10_000);
  await settled();
  assert.notEqual(world.pc("bo"), pc);
});

test("a hiccup changes nothing", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { world } = await connected(t);
  const pc = world.pc("bo");
  pc.becomes("disconnected");
  t.mock.timers.tick(2_000);
  pc.becomes("connected");
  t.mock.timers.tick(60_000);
  assert.deepEqual([pc.restarts, world.pc("bo") === pc], [0, true]);
});

test("coming back after a lost line keeps what stands and begins what was missed", async (t) => {
  const { world, ana } = await connected(t);
  const standing = world.pc("ana");
  world.lost = true;
  world.add("cy").meet([peer("ana"), peer("bo")], { again: false });
  await settled();
  world.lost = false;
  ana.meet([peer("bo"), peer("cy")], { again: true });
  await settled();
  assert.equal(world.pcs.get("ana")?.includes(standing), true);
  assert.equal(standing.connectionState, "connected");
  assert.equal(world.pc("cy").signalingState, "stable");
  assert.equal(world.offers.at(-1).epoch > 0, true, "it beats the offers that were lost");
});

test("who left while we were away is let go", async (t) => {
  const { world, ana } = await connected(t);
  ana.meet([], { again: true });
  assert.equal(world.pc("ana").connectionState, "closed");
});

test("fresh credentials reach standing lines; another policy builds them anew", async (t) => {
  const { world, bo } = await connected(t);
  const pc = world.pc("bo");
  bo.configure({ iceServers: [{ urls: "turn:x" }], iceTransportPolicy: "all" });
  assert.equal(/** @type {any} */ (pc.configuration).iceServers.length, 1);
  bo.configure({ iceServers: [{ urls: "turn:x" }], iceTransportPolicy: "relay" });
  await settled();
  assert.notEqual(world.pc("bo"), pc);
  assert.equal(/** @type {any} */ (world.pc("bo").configuration).iceTransportPolicy, "relay");
});

test("closing closes every line and stops every watch", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { world, ana, bo } = await pair(t);
  bo.close();
  ana.drop("bo");
  t.mock.timers.tick(60_000);
  await settled();
  assert.equal(world.pc("bo").connectionState, "closed");
  assert.equal(world.offers.length, 1);
});

test("who sends nothing any more is silent at once, though the browser keeps the last loudness", async (t) => {
  const world = new World(t);
  const ana = world.add("ana");
  world.add("bo");
  ana.meet([peer("bo")], { again: false });
  await settled();
  const { receiver } = world.pc("ana").getTransceivers()[0];
  const level = (/** @type {number} */ timestamp) => {
    receiver.sources = [{ timestamp, audioLevel: 0.4 }];
    return ana.heard()[0].level;
  };
  assert.deepEqual([level(20), level(120), level(120), level(140)], [0.4, 0.4, 0, 0.4]);
  receiver.sources = [];
  assert.equal(ana.heard()[0].level, 0);
});

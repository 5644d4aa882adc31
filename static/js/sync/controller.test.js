/** One open-loop burst at a time: planned, dropped when it goes astray, none without need. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { planBurst } from "./burst.js";
import { DriftController } from "./controller.js";
import { CHROMIUM, FIREFOX, SAFARI } from "./settings.js";

/**
 * Feeds a steady error until something is decided.
 * @param {DriftController} controller
 * @param {number} errorMs
 * @param {number} fromMs
 * @param {number} [clockMs] how much of it came by a server clock that is better known now
 */
function until(controller, errorMs, fromMs, forMs = 3000, clockMs = 0) {
  for (let at = fromMs; at < fromMs + forMs; at += 50) {
    const decision = controller.step(sample(at, errorMs, clockMs));
    if (decision.kind !== "none") return { decision, at };
  }
  return { decision: { kind: "none" }, at: fromMs + forMs };
}

/**
 * @param {number} atMs
 * @param {number} errorMs
 * @param {number} [clockMs]
 */
const sample = (atMs, errorMs, clockMs = 0) => ({ atMs, errorMs, clockMs });

/** @param {import("./settings.js").Profile} [profile] */
function started(profile = CHROMIUM) {
  const controller = new DriftController(profile);
  controller.started(0, 1);
  return controller;
}

for (const [errorMs, mostShare] of [
  [8, 0.008],
  [40, 0.015],
  [-40, 0.015],
  [120, 0.06],
]) {
  test(`a burst against ${errorMs} ms is exactly as much as is missing`, () => {
    const { rate, durationMs } = planBurst(errorMs, 1, CHROMIUM);
    assert.ok(Math.abs((rate - 1) * durationMs - errorMs) < 1e-6);
    assert.ok(Math.abs(rate - 1) <= mostShare + 1e-9);
  });
}

test("right after a start it takes a second at most, whatever the landing missed", () => {
  for (const errorMs of [20, 48, -59]) {
    assert.ok(planBurst(errorMs, 1, CHROMIUM, true).durationMs <= 1000 + 1e-6);
    const soon = until(started(), errorMs, 0);
    assert.ok(soon.at < CHROMIUM.freshMs);
    const burst = /** @type {any} */ (soon.decision);
    assert.ok(burst.endMs - soon.at <= 1000 + 1e-6);
  }
  const later = started();
  until(later, 1, 0, 4000);
  const { decision, at } = until(later, 48, 4000);
  assert.ok(/** @type {any} */ (decision).rate <= 1.015);
  assert.ok(/** @type {any} */ (decision).endMs - at > 3000);
});

test("right after a start a small error takes half a second", () => {
  assert.ok(planBurst(20, 1, CHROMIUM, true).durationMs <= 500 + 1e-6);
  assert.ok(planBurst(20, 1, CHROMIUM).durationMs > 1000);
});

test("a server clock that becomes better known does not begin the look anew", () => {
  const undisturbed = until(started(), 12, 0).at;
  const controller = started();
  until(controller, -8, 0, undisturbed - 100);
  const { decision, at } = until(controller, 12, undisturbed - 100, 3000, 20);
  assert.equal(at, undisturbed);
  assert.ok(/** @type {any} */ (decision).rate > 1);
  assert.equal(controller.jumps, 0);
});

test("a media clock that jumps does", () => {
  const undisturbed = until(started(), 12, 0).at;
  const controller = started();
  until(controller, -8, 0, undisturbed - 100);
  assert.ok(until(controller, 12, undisturbed - 100).at > undisturbed + 200);
  assert.equal(controller.jumps, 1);
});

test("a burst takes in what the server's clock turns out to be off", () => {
  const controller = started();
  const { at } = until(controller, 30, 0);
  const half = at + 250;
  const left = controller.burst?.expectedMs(half) ?? 0;
  const further = /** @type {any} */ (controller.step(sample(half, left + 20, 20)));
  assert.equal(further.kind, "rate");
  const planned = (further.rate - 1) * (further.endMs - half);
  assert.ok(Math.abs(planned - (left + 20)) < 1e-6, `${planned} for ${left + 20}`);
  const allButOneMs = 1 + (further.rate - 1) * 50 - left;
  const enough = controller.step(sample(half + 50, 1, allButOneMs));
  assert.deepEqual(enough, { kind: "rate", rate: 1, endMs: null });
});

test("a burst is left alone while the server's clock hardly moves", () => {
  const controller = started();
  const { at } = until(controller, 30, 0);
  const left = controller.burst?.expectedMs(at + 50) ?? 0;
  assert.equal(controller.step(sample(at + 50, left + 2, 2)).kind, "none");
});

test("after a burst, a server clock that moves is followed before anything is measured again", () => {
  const controller = started();
  const { endMs } = /** @type {any} */ (until(controller, 30, 0).decision);
  controller.burstEnded(endMs);
  assert.equal(controller.step(sample(endMs + 50, 0)).kind, "none");
  const followed = /** @type {any} */ (controller.step(sample(endMs + 100, -18, -18)));
  assert.ok(followed.rate < 1);
});

test("… but not where the film moved meanwhile", () => {
  const controller = started();
  const { endMs } = /** @type {any} */ (until(controller, 30, 0).decision);
  controller.burstEnded(endMs);
  controller.disturbed(endMs + 50);
  assert.equal(controller.step(sample(endMs + 100, -18, -18)).kind, "none");
});

test("a small error is left alone", () => {
  assert.equal(until(started(), 2, 0).decision.kind, "none");
});

test("a drift beyond the dead band gets one burst and then the room's rate again", () => {
  const controller = started();
  const { decision } = until(controller, 30, 0);
  assert.equal(decision.kind, "rate");
  assert.ok(/** @type {any} */ (decision).rate > 1);
  const end = controller.burstEnded(/** @type {any} */ (decision).endMs);
  assert.deepEqual(end, { kind: "rate", rate: 1, endMs: null });
  assert.equal(controller.burst, null);
});

test("a burst that goes astray is dropped", () => {
  const controller = started();
  const { at } = until(controller, 30, 0);
  const { decision } = until(controller, 90, at + 50, 600);
  assert.deepEqual(decision, { kind: "rate", rate: 1, endMs: null });
});

test("a big error is mended by a seek, and not twice in a row", () => {
  const controller = started();
  const { decision, at } = until(controller, 700, 0);
  assert.equal(decision.kind, "rejoin");
  assert.equal(until(controller, 700, at + 50, 1300).decision.kind, "none");
});

test("right after a command a second try costs least, so less is mended by a seek", () => {
  const controller = new DriftController(CHROMIUM);
  controller.started(0, 1, { fresh: true });
  assert.equal(until(controller, 150, 0, 1500).decision.kind, "rejoin");
  const later = started();
  assert.equal(until(later, 150, 0).decision.kind, "rate");
});

test("at another speed the band is wider", () => {
  const controller = new DriftController(CHROMIUM);
  controller.started(0, 1.5);
  assert.equal(until(controller, 30, 0).decision.kind, "none");
});

test("Safari is never written to, only seeked now and then", () => {
  assert.equal(until(started(SAFARI), 60, 0).decision.kind, "none");
  assert.equal(until(started(SAFARI), 200, 0).decision.kind, "rejoin");
});

test("Firefox is looked at longer before anything is done", () => {
  const firefox = until(started(FIREFOX), 30, 0).at;
  const chromium = until(started(CHROMIUM), 30, 0).at;
  assert.ok(firefox > chromium + 300);
});

test("a nudge by the player voids what was measured", () => {
  const controller = started();
  const { at } = until(controller, 30, 0);
  assert.deepEqual(controller.disturbed(at + 50), { kind: "rate", rate: 1, endMs: null });
  assert.equal(controller.errorMs, null);
});

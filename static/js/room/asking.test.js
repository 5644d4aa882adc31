/** Asking for a deed, and being asked: once, for a minute, until it is answered or has come about. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Asking, Questions, wishOf } from "./asking.js";
import { film, member, snapshot, timeline } from "./fixtures/people.js";
import { standingTime } from "./fixtures/time.js";
import { fromSnapshot } from "./state.js";
import { holdersOf, wishText, yesText } from "./wishes.js";

const room = () => fromSnapshot(snapshot());

test("what was pressed becomes what is asked for", () => {
  assert.deepEqual(wishOf("toggle", undefined, true), { action: "play" });
  assert.deepEqual(wishOf("toggle", undefined, false), { action: "pause" });
  assert.deepEqual(wishOf("seek", 72.5, true), { action: "seek", position: 72.5 });
  assert.deepEqual(wishOf("rate", 1.5, true), { action: "rate", rate: 1.5 });
  assert.deepEqual(wishOf("load", "film", true), { action: "load", item_id: "film" });
});

test("a wish and the answer to it are said in words", () => {
  const said = (/** @type {any} */ wish) => [wishText(room(), wish), yesText(wish)];
  assert.deepEqual(said({ action: "play" }), ["press play", "Play"]);
  assert.deepEqual(said({ action: "pause" }), ["pause", "Pause"]);
  assert.deepEqual(said({ action: "seek", position: 723 }), ["go to 12:03", "Go there"]);
  assert.deepEqual(said({ action: "rate", rate: 1.5 }), ["set the speed to 1.5×", "Set it"]);
  assert.deepEqual(said({ action: "load", item_id: film.id }), [
    "start Big Buck Bunny",
    "Start it",
  ]);
});

test("those who are here and hold the remote are asked", () => {
  const members = [
    member("mara", "owner"),
    member("ana", "member"),
    { ...member("jonas", "moderator"), presence: "offline" },
    { ...member("ilya"), capabilities: ["chat"] },
  ];
  assert.deepEqual(holdersOf({ ...room(), members }), ["mara"]);
});

function asking() {
  const time = standingTime();
  /** @type {any[]} */
  const sent = [];
  /** @type {any[]} */
  const told = [];
  const made = new Asking({
    ...time,
    send: async (wish) => void sent.push(wish),
    told: (news) => told.push(news),
  });
  return { time, sent, told, made };
}

const PLAY = /** @type {const} */ ({ action: "play" });
const by = "mara";

test("a question is asked once, however often it is pressed", async () => {
  const { sent, told, made } = asking();
  await made.ask(PLAY);
  await made.ask(PLAY);
  assert.deepEqual(sent, [PLAY]);
  assert.deepEqual(
    told.map(({ what }) => what),
    ["asked", "already"],
  );
});

test("another wish is another question", async () => {
  const { sent, made } = asking();
  await made.ask(PLAY);
  await made.ask({ action: "seek", position: 5 });
  await made.ask({ action: "seek", position: 500 });
  assert.equal(sent.length, 3);
});

test("the answer is told once, with who gave it", async () => {
  const { time, told, made } = asking();
  await made.ask(PLAY);
  made.answered({ action: "play", granted: true, by });
  made.answered({ action: "play", granted: true, by });
  time.pass(100_000);
  assert.deepEqual(told.slice(1), [{ what: "yes", wish: PLAY, by }]);
});

test("not now is told, and it may be asked again", async () => {
  const { sent, told, made } = asking();
  await made.ask(PLAY);
  made.answered({ action: "play", granted: false, by });
  await made.ask(PLAY);
  assert.deepEqual(
    told.map(({ what }) => what),
    ["asked", "no", "asked"],
  );
  assert.equal(sent.length, 2);
});

test("an answer to what nobody asked says nothing", () => {
  const { told, made } = asking();
  made.answered({ action: "play", granted: true, by });
  assert.deepEqual(told, []);
});

test("after a minute without an answer it is said so, once", async () => {
  const { time, told, made } = asking();
  await made.ask(PLAY);
  time.pass(59_000);
  assert.equal(told.length, 1);
  time.pass(60_000);
  assert.deepEqual(told[1], { what: "silence", wish: PLAY, by: null });
  assert.equal(told.length, 2);
});

test("who says yes does it first, and the yes is told all the same", async () => {
  const { told, made } = asking();
  await made.ask(PLAY);
  made.happened("play", timeline({ paused: false }));
  made.answered({ action: "play", granted: true, by });
  assert.equal(told[1].what, "yes");
});

test("what came about by itself needs no answer", async () => {
  const { time, told, made } = asking();
  await made.ask(PLAY);
  made.happened("play", timeline({ paused: false }));
  time.pass(100_000);
  assert.equal(told.length, 1);
});

test("a question that did not get through is told, and not waited for", async () => {
  const time = standingTime();
  /** @type {any[]} */
  const told = [];
  const made = new Asking({
    ...time,
    send: () => Promise.reject(new Error("You are not connected just now.")),
    told: (news) => told.push(news),
  });
  await made.ask(PLAY);
  time.pass(100_000);
  assert.deepEqual(
    told.map(({ what }) => what),
    ["failed"],
  );
});

function questions() {
  const time = standingTime();
  let changes = 0;
  const made = new Questions({ ...time, changed: () => void changes++ });
  const asks = (/** @type {string} */ id, /** @type {any} */ wish) =>
    made.heard({ person: member(id).user, ...wish });
  return { time, made, asks, changes: () => changes };
}

test("each person has one question, the last one", () => {
  const { made, asks } = questions();
  asks("ana", PLAY);
  asks("ilya", PLAY);
  asks("ana", { action: "seek", position: 9, rate: null, item_id: null });
  assert.deepEqual(
    made.open.map(({ person, wish }) => [person.id, wish.action]),
    [
      ["ilya", "play"],
      ["ana", "seek"],
    ],
  );
});

test("a question goes when it is answered, by whomever", () => {
  const { made, asks } = questions();
  asks("ana", PLAY);
  asks("ilya", PLAY);
  made.settled("ana");
  assert.deepEqual(
    made.open.map(({ person }) => person.id),
    ["ilya"],
  );
});

test("a question goes by itself after a minute", () => {
  const { time, made, asks } = questions();
  asks("ana", PLAY);
  time.pass(30_000);
  asks("ana", { action: "pause" });
  time.pass(59_000);
  assert.equal(made.open.length, 1);
  time.pass(2_000);
  assert.equal(made.open.length, 0);
});

test("questions that came about go, all of them", () => {
  const { made, asks } = questions();
  asks("ana", PLAY);
  asks("ilya", { action: "seek", position: 60 });
  asks("jonas", { action: "seek", position: 300 });
  made.happened("play", timeline({ paused: false }));
  made.happened("seek", timeline({ position: 60.4 }));
  assert.deepEqual(
    made.open.map(({ person }) => person.id),
    ["jonas"],
  );
});

test("a room full of questions shows two, the oldest first, and then the others", () => {
  const { made, asks } = questions();
  for (const id of ["ana", "ilya", "jonas", "priya"]) asks(id, PLAY);
  assert.deepEqual(
    made.shown.map(({ person }) => person.id),
    ["ana", "ilya"],
  );
  made.settled("ilya");
  assert.equal(made.shown[1].person.id, "jonas");
});

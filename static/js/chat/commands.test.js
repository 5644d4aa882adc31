/** Commands: what they ask for, what they refuse, and in which words. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { member } from "../room/fixtures/people.js";
import { timeOf } from "./command-args.js";
import { COMMANDS, CommandError, commandsFor, read } from "./commands.js";

const person = (/** @type {string} */ display_name) => ({
  ...member(display_name).user,
  display_name,
});
const [ana, anaMaria, bela] = ["Ana", "Ana Maria", "Béla"].map(person);
const twins = [
  { ...person("Twin"), id: "t1" },
  { ...person("Twin"), id: "t2" },
];

/** @param {string} text @param {Partial<import("./commands.js").Around>} [around] @returns {any} */
const asked = (text, around = {}) =>
  read(text, {
    people: [ana, anaMaria, bela, ...twins],
    atS: 100,
    can: () => true,
    holders: () => "the host and moderators",
    ...around,
  });

/** @param {string} text @param {RegExp} words @param {Partial<import("./commands.js").Around>} [around] */
const refused = (text, words, around) =>
  assert.throws(
    () => asked(text, around),
    (error) => error instanceof CommandError && words.test(error.message),
    text,
  );

test("words are words, and // says what begins with a /", () => {
  for (const text of ["hello", " /me no", "a/b", ""]) assert.equal(asked(text), null);
  assert.deepEqual(asked("//me is written so"), { do: "say", body: "/me is written so" });
});

test("what is said by commands", () => {
  assert.deepEqual(asked("/me  waves"), { do: "say", body: "waves", style: "me" });
  assert.deepEqual(asked("/ROLL 2D6"), { do: "say", body: "2D6", style: "roll" });
  assert.deepEqual(asked("/roll"), { do: "say", body: "1d6", style: "roll" });
  assert.deepEqual(asked("/shrug"), { do: "say", body: "¯\\_(ツ)_/¯" });
  assert.deepEqual(asked("/shrug well"), { do: "say", body: "well ¯\\_(ツ)_/¯" });
  assert.deepEqual(asked("/spoiler he wakes"), { do: "say", body: "||he wakes||" });
  assert.deepEqual(asked("/time look"), { do: "say", body: "1:40 look" });
});

test("times", () => {
  const good = { "1:02:10": 3730, "12:03": 723, "100:00": 6000, 90: 90, "90s": 90, "0:5": 5 };
  for (const [words, seconds] of Object.entries(good)) assert.equal(timeOf(words), seconds, words);
  for (const words of ["", "1:60:00", "1:2:3:4", "x", "1:", "-1", "1:75", "1e9"])
    assert.equal(timeOf(words), null, words);
});

test("the film's commands", () => {
  assert.deepEqual(asked("/seek 1:02:10"), { do: "seek", atS: 3730 });
  assert.deepEqual(asked("/seek +30"), { do: "seek", atS: 130 });
  assert.deepEqual(asked("/seek -3:00"), { do: "seek", atS: 0 });
  assert.deepEqual(asked("/rate 1,5x"), { do: "rate", rate: 1.5 });
  refused("/seek soon", /^\/seek wants a time like 1:02:10/);
  refused("/seek", /wants a time/);
  refused("/seek +5", /No film/, { atS: null });
  refused("/time", /No film/, { atS: null });
  for (const words of ["", "9", "0.1", "fast", "1e99"]) refused(`/rate ${words}`, /from 0.25 to 3/);
});

test("polls", () => {
  assert.deepEqual(asked("/poll What next? | Rabbit|Robot "), {
    do: "poll",
    question: "What next?",
    options: ["Rabbit", "Robot"],
    multiple: false,
  });
  assert.equal(asked("/poll multi A? | b | c").multiple, true);
  for (const words of ["", "Only this?", "One? | a", "| a | b", "Q | a |"])
    refused(`/poll ${words}`, /two options at least/);
});

test("people are named, the longest name first", () => {
  assert.deepEqual(asked("/kick @Ana Maria"), { do: "kick", person: anaMaria });
  assert.deepEqual(asked("/mute @ana"), { do: "mute", person: ana, forS: 600 });
  assert.deepEqual(asked("/mute bela 5 min"), { do: "mute", person: bela, forS: 300 });
  const shadow = (/** @type {number | null} */ forS, /** @type {string} */ reason) => ({
    do: "smute",
    person: ana,
    forS,
    reason,
  });
  assert.deepEqual(asked("/smute @Ana"), shadow(null, ""));
  assert.deepEqual(asked("/smute @Ana 5 min spam, twice"), shadow(300, "spam, twice"));
  assert.deepEqual(asked("/smute @Ana 10"), shadow(600, ""));
  assert.deepEqual(asked("/smute @Ana 10th time"), shadow(null, "10th time"));
  refused("/kick", /wants a name/);
  refused("/kick @Nobody", /Nobody here/);
  refused("/kick @Twin", /Several people are called Twin/);
  refused("/smute @Ana 5000", /from 1 to 1.?440/);
  refused("/mute @Ana long", /from 1 to 1.?440/);
});

test("what moderators have", () => {
  assert.deepEqual(asked("/slow 10s"), { do: "slow", everyS: 10 });
  assert.deepEqual(asked("/slow off"), { do: "slow", everyS: 0 });
  assert.deepEqual(asked("/clear 20"), { do: "clear", count: 20 });
  assert.deepEqual(asked("/clear @Ana"), { do: "clear", person: ana });
  refused("/clear", /from 1 to 200/);
  refused("/slow never", /from 0 to 3.?600/);
});

test("without the right the refusal says who may", () => {
  const can = (/** @type {string} */ capability) => capability === "chat";
  refused("/seek 1:00", /may not use \/seek here\. Only the host and moderators/, { can });
  assert.deepEqual(asked("/help", { can: () => false }), { do: "help" });
  const offered = commandsFor(can).map(({ name }) => name);
  assert.deepEqual(offered, ["me", "roll", "shrug", "spoiler", "time", "poll", "away", "help"]);
});

test("an unknown command is said in words", () => {
  refused("/sek 1:00", /There is no \/sek\. Write \/help/);
  refused("/", /There is no/);
  refused("/constructor", /There is no/);
});

test("there are twelve at least, each once and in words", () => {
  assert.ok(COMMANDS.length >= 12);
  assert.equal(new Set(COMMANDS.map(({ name }) => name)).size, COMMANDS.length);
  for (const { does, takes } of COMMANDS) assert.ok(does() && takes() !== undefined);
});

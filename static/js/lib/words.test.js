/** Whole sentences in the language of the page, their values and markup where it wants them. */

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { lang, list, number, speak, t, tc, tn, tp } from "./words.js";

const german = {
  lang: "de",
  plural: (/** @type {number} */ n) => Number(n !== 1),
  words: {
    "Waiting for {names}": "Warten auf {names}",
    "{who} paused at {time}": "Bei {time} hat {who} angehalten",
    "{n} film": ["Ein Film", "{n} Filme"],
    "verb\u0004Open": "Öffnen",
  },
};

afterEach(() => speak());

test("without a catalogue the English stands", () => {
  assert.equal(lang(), "en");
  assert.equal(t("In sync"), "In sync");
  assert.equal(t("Waiting for {names}", { names: "Ana" }), "Waiting for Ana");
  assert.equal(tn("{n} film", "{n} films", 1), "1 film");
  assert.equal(tn("{n} film", "{n} films", 1200), "1,200 films");
});

test("a catalogue's sentence is said, with its own order and plural", () => {
  speak(german);
  assert.equal(lang(), "de");
  assert.equal(t("Waiting for {names}", { names: "Ana" }), "Warten auf Ana");
  assert.equal(tn("{n} film", "{n} films", 1), "Ein Film");
  assert.equal(tn("{n} film", "{n} films", 1200), "1.200 Filme");
  assert.equal(tn("{n} film", "{n} films", 0), "0 Filme");
  assert.equal(tc("verb", "Open"), "Öffnen");
});

test("what nobody translated yet stays English", () => {
  speak(german);
  assert.equal(t("Offline"), "Offline");
  assert.equal(tc("adjective", "Open"), "Open");
  assert.equal(tn("{n} room", "{n} rooms", 2), "2 rooms");
});

test("markup keeps its place in the sentence of each language", () => {
  const values = { who: { b: "Mara" }, time: { time: 61 } };
  const sentence = () => tp("{who} paused at {time}", values);
  assert.deepEqual(sentence(), [{ b: "Mara" }, " paused at ", { time: 61 }]);
  speak(german);
  assert.deepEqual(sentence(), ["Bei ", { time: 61 }, " hat ", { b: "Mara" }, " angehalten"]);
});

test("values are text, whatever they hold", () => {
  assert.equal(t("Waiting for {names}", { names: "{names} $& $1" }), "Waiting for {names} $& $1");
  assert.equal(t("Waiting for {names}", {}), "Waiting for {names}");
  assert.deepEqual(tp("Hi {who}", {}), ["Hi ", "{who}"]);
});

test("numbers and lists follow the language", () => {
  assert.equal(list(["Ana", "Ilya", "Mara"]), "Ana, Ilya, and Mara");
  speak(german);
  assert.equal(list(["Ana", "Ilya", "Mara"]), "Ana, Ilya und Mara");
  assert.equal(number(1234.5), "1.234,5");
});

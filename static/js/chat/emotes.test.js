import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { emoteAskedAt, namesBeginning } from "./completion.js";
import { EMOJI } from "./emoji-names.js";
import { emotesBy, isLarge, parted } from "./emotes.js";

const sofa = { name: "sofa", src: "/emotes/0.webp", width: 128, height: 85 };
const rug = { name: "rug", src: "/emotes/1.webp", width: 20, height: 20 };
const emotes = emotesBy([sofa, rug]);

test("words stay words, and a name is its picture whatever its case", () => {
  assert.deepEqual(parted("on the :sofa:, :RUG:!", emotes), ["on the ", sofa, ", ", rug, "!"]);
  assert.deepEqual(parted("no :chair: here: 12:30:45", emotes), ["no :chair: here: 12:30:45"]);
  assert.deepEqual(parted("", emotes), []);
});

test("a colon that ends no name may begin one", () => {
  assert.deepEqual(parted(":no:sofa:rug:", emotes), [":no", sofa, "rug:"]);
});

test("an emoji's name is the emoji, and nothing of the language's own is one", () => {
  assert.deepEqual(parted("so :fire:", emotes), ["so ", "🔥"]);
  assert.deepEqual(parted(":constructor:", emotes), [":constructor:"]);
});

test("a long row of colons takes no time", () => {
  const long = ":ab".repeat(20_000);
  const begun = performance.now();
  parted(long, emotes);
  assert.ok(performance.now() - begun < 500);
});

test("a few of them alone are large", () => {
  assert.ok(isLarge(" :sofa: :rug: ", emotes));
  assert.ok(!isLarge(":sofa: :rug: :sofa: :rug:", emotes));
  assert.ok(!isLarge("a :sofa:", emotes));
  assert.ok(!isLarge("", emotes));
});

test("the map is the same one for the same list", () => {
  const list = [sofa];
  assert.equal(emotesBy(list), emotesBy(list));
});

test("a name is asked for behind a colon that stands free, from the second letter on", () => {
  assert.deepEqual(emoteAskedAt("my :so", 6), { start: 3, query: "so" });
  assert.deepEqual(emoteAskedAt(":so", 3), { start: 0, query: "so" });
  for (const text of [":s", "12:30", "a:so", "::so", "https://so", ":so:", ": so"])
    assert.equal(emoteAskedAt(text, text.length), null, text);
});

test("the room's own come first, then emoji, six of them", () => {
  const found = namesBeginning(["sofa", "so_what", "fire_place"], Object.keys(EMOJI), "so");
  assert.deepEqual(found, ["sofa", "so_what", "sob"]);
  assert.equal(namesBeginning([], Object.keys(EMOJI), "").length, Object.keys(EMOJI).length);
});

test("the server keeps the same names from rooms", () => {
  const names = readFileSync(new URL("../../../chat/emotes/names.py", import.meta.url), "utf8");
  const begin = names.indexOf("frozenset({");
  const block = names.slice(begin, names.indexOf("})", begin));
  const theirs = [...block.matchAll(/"([a-z_]+)"/gu)].map(([, name]) => name);
  assert.deepEqual(theirs, Object.keys(EMOJI));
});

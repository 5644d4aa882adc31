/**
 * Finds the words in browser modules: calls of what is imported from lib/words.js, and English that
 * was not given to them. Prints JSON.
 */

import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parse } from "acorn";
import { unwrapped } from "./literals.mjs";

const WORDS = resolve("static/js/lib/words.js");
/** Pages for developers only, which stay English. */
const ENGLISH = /^static\/js\/(?:pages\/design\.js$|design\/)/u;
/** name → which argument is the sentence, its plural, its context */
const CALLS = {
  t: { one: 0 },
  tp: { one: 0 },
  tc: { context: 0, one: 1 },
  tn: { one: 0, many: 1 },
};

const found = [];
const problems = [];
for (const path of process.argv.slice(2)) {
  const comments = [];
  const source = readFileSync(path, "utf8");
  const tree = parse(source, {
    ecmaVersion: "latest",
    sourceType: "module",
    locations: true,
    onComment: comments,
  });
  const names = imported(tree, path);
  if (names.size) visit(tree, (call) => take(call, names, comments, path));
  if (ENGLISH.test(path)) continue;
  for (const { line, text } of unwrapped(tree))
    problems.push(`${path}:${line}: give this to t() of lib/words.js: ${text}`);
}
process.stdout.write(JSON.stringify({ found, problems }));

/** Local name → exported name, for what a module takes from lib/words.js. */
function imported(tree, path) {
  const names = new Map();
  for (const node of tree.body) {
    if (node.type !== "ImportDeclaration" || !node.source.value.startsWith(".")) continue;
    if (resolve(dirname(path), node.source.value) !== WORDS) continue;
    for (const { imported: theirs, local } of node.specifiers)
      if (theirs && theirs.name in CALLS) names.set(local.name, theirs.name);
  }
  return names;
}

function visit(node, onCall) {
  if (node.type === "CallExpression") onCall(node);
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) for (const one of value) one?.type && visit(one, onCall);
    else if (value?.type) visit(value, onCall);
  }
}

function take(call, names, comments, path) {
  const shape = CALLS[names.get(call.callee.name)];
  if (!shape) return;
  const line = call.loc.start.line;
  const entry = { path, notes: notesAbove(comments, line) };
  for (const [part, index] of Object.entries(shape)) {
    const text = literal(call.arguments[index]);
    if (text === null) {
      problems.push(`${path}:${line}: ${call.callee.name}(…) takes its sentence as a plain string`);
      return;
    }
    entry[part] = text;
  }
  found.push(entry);
}

/** A string as written; long ones may be joined by +. */
function literal(node) {
  if (node?.type === "Literal" && typeof node.value === "string") return node.value;
  if (node?.type === "TemplateLiteral" && !node.expressions.length)
    return node.quasis[0].value.cooked;
  if (node?.type !== "BinaryExpression" || node.operator !== "+") return null;
  const [left, right] = [literal(node.left), literal(node.right)];
  return left === null || right === null ? null : left + right;
}

/** `// Translators: …` on the line above, or on the same line. */
function notesAbove(comments, line) {
  return comments
    .filter(({ value }) => /^\s*Translators:/.test(value))
    .filter(({ loc }) => loc.end.line === line - 1 || loc.end.line === line)
    .map(({ value }) => value.trim());
}

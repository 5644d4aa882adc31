/**
 * Finds English that people would read in a browser module and that `t` does not hold: text and
 * labels of `html` templates, toasts, labels, and what is called `words`. Only where the syntax says
 * that a person reads it: a string in a variable may be anything.
 */

/** Attributes of templates that are read, of our own elements too. */
const READ = "aria-label|aria-valuetext|placeholder|title|alt|words|more|act";
const ATTRIBUTE = new RegExp(`\\s(?:${READ})=(?:"([^"]*)"|'([^']*)')`, "gu");
const PROPERTIES = new Set(["aria-label", "aria-valuetext", "label", "words", "yes", "no"]);
const ASSIGNED = new Set(["textContent", "ariaLabel", "placeholder", "title"]);
/** Which argument of a call is read. */
const ARGUMENT = new Map([
  ["toast", 0],
  ["setText", 1],
  ["setAttribute", 1],
  ["SocketError", 1],
  ["HttpError", 2],
]);
/** Two letters are a word; a lone "s" or "p" behind a number may be a unit. */
const WORD = /\p{L}{2}/u;
/** In code a word begins with a capital or has others beside it; "off" alone is a state. */
const SENTENCE = /\p{Lu}\p{Ll}|\p{L}{2} \p{L}/u;
/** What is the same in every language. */
const UNITS = /^[\s·/]*(?:Mbit\/s|SyncWatch|ms)[\s·]*$/u;

/**
 * @param {any} tree of acorn, with locations
 * @returns {{line: number, text: string}[]}
 */
export function unwrapped(tree) {
  const found = [];
  const add = (node, text) => {
    if (!UNITS.test(text)) found.push({ line: node.loc.start.line, text: text.trim() });
  };
  visit(tree, (node) => {
    if (node.type === "TaggedTemplateExpression" && node.tag.name === "html")
      for (const text of readIn(node.quasi)) add(node, text);
    for (const read of readBy(node))
      for (const { text, at } of strings(read)) if (SENTENCE.test(text)) add(at, text);
  });
  return found;
}

/** Texts and labels of a template; what it takes in stands as NUL. */
function readIn({ quasis }) {
  const source = quasis.map(({ value }) => value.cooked).join("\0");
  const plain = source.replace(/<(code|kbd|title)\b[^>]*>.*?<\/\1>/gsu, "");
  const texts = plain.replace(/<[^>]*>/gu, "\0").split("\0");
  const labels = [...source.matchAll(ATTRIBUTE)].map(([, one, other]) => one ?? other);
  return [...texts, ...labels].filter((text) => WORD.test(text));
}

/** The expressions of a node that a person reads. */
function readBy(node) {
  if (node.type === "CallExpression" || node.type === "NewExpression") {
    const name = node.callee.name ?? node.callee.property?.name;
    if (name === "setAttribute" && !isRead(node.arguments[0])) return [];
    return [node.arguments[ARGUMENT.get(name) ?? -1]].filter(Boolean);
  }
  if (node.type === "Property") {
    const name = node.key.name ?? node.key.value;
    return PROPERTIES.has(name) && !node.computed ? [node.value] : [];
  }
  if (node.type === "AssignmentExpression" && node.left.type === "MemberExpression")
    return ASSIGNED.has(node.left.property.name) ? [node.right] : [];
  return [];
}

const isRead = (node) => new RegExp(`^(?:${READ})$`, "u").test(node?.value ?? "");

/** The strings an expression may come to, as far as it says them itself. */
function strings(node) {
  if (node.type === "Literal")
    return typeof node.value === "string" ? [{ text: node.value, at: node }] : [];
  if (node.type === "TemplateLiteral")
    return [{ text: node.quasis.map(({ value }) => value.cooked).join(" "), at: node }];
  if (node.type === "ConditionalExpression")
    return [...strings(node.consequent), ...strings(node.alternate)];
  if (node.type === "LogicalExpression" || node.operator === "+")
    return node.left ? [...strings(node.left), ...strings(node.right)] : [];
  return [];
}

function visit(node, onNode) {
  onNode(node);
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) for (const one of value) one?.type && visit(one, onNode);
    else if (value?.type) visit(value, onNode);
  }
}

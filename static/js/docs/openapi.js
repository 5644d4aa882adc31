/** The OpenAPI document as lists to show: groups, calls, fields in words. Pure. */

/** @typedef {Record<string, any>} Json */
/** @typedef {{name: string, type: string, required: boolean, words: string}} Field */
/** @typedef {{status: string, words: string, type: string, fields: Field[]}} Answer */
/**
 * @typedef {object} Call
 * @property {string} method
 * @property {string} path
 * @property {string} words
 * @property {boolean} open whether somebody who is not signed in may call it
 * @property {Field[]} parameters
 * @property {Field[]} body
 * @property {Answer[]} answers
 */

const METHODS = ["get", "post", "put", "patch", "delete"];

/**
 * @param {Json} document
 * @returns {{name: string, calls: Call[]}[]} the first word of each path with its calls
 */
export function groupsOf(document) {
  /** @type {Map<string, Call[]>} */
  const groups = new Map();
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of METHODS.filter((name) => name in item)) {
      const name = item[method].tags?.[0] ?? "other";
      groups.set(name, [...(groups.get(name) ?? []), callOf(document, path, method, item[method])]);
    }
  }
  return [...groups].map(([name, calls]) => ({ name, calls }));
}

/**
 * @param {Json} document
 * @param {string} path
 * @param {string} method
 * @param {Json} said
 * @returns {Call}
 */
function callOf(document, path, method, said) {
  return {
    method: method.toUpperCase(),
    path,
    words: said.description ?? "",
    open: (said.security ?? []).some((/** @type {Json} */ way) => Object.keys(way).length === 0),
    parameters: (said.parameters ?? []).map((/** @type {Json} */ parameter) => ({
      name: parameter.name,
      type: `${typeOf(document, parameter.schema)}, in the ${parameter.in}`,
      required: Boolean(parameter.required),
      words: parameter.description ?? "",
    })),
    body: fieldsOf(document, schemaIn(said.requestBody)),
    answers: Object.entries(said.responses ?? {}).map(([status, answer]) => ({
      status,
      words: answer.description ?? "",
      type: schemaIn(answer) ? typeOf(document, schemaIn(answer)) : "",
      fields: fieldsOf(document, schemaIn(answer)),
    })),
  };
}

/** @param {Json | undefined} carrier a body or an answer */
const schemaIn = (carrier) =>
  /** @type {Json | undefined} */ (Object.values(carrier?.content ?? {})[0])?.schema;

/**
 * @param {Json} document
 * @param {Json | undefined} schema
 * @returns {Json} the schema that a reference means
 */
function resolved(document, schema) {
  const name = schema?.$ref?.split("/").pop();
  if (name) return document.components.schemas[name] ?? {};
  const only = schema?.allOf?.length === 1 ? schema.allOf[0] : undefined;
  return only ? resolved(document, only) : (schema ?? {});
}

/**
 * @param {Json} document
 * @param {Json | undefined} schema
 * @returns {Field[]}
 */
export function fieldsOf(document, schema) {
  const whole = resolved(document, schema);
  const required = new Set(whole.required ?? []);
  return Object.entries(whole.properties ?? {}).map(([name, field]) => ({
    name,
    type: typeOf(document, field),
    required: required.has(name),
    words: field.enum ? "" : (field.description ?? ""),
  }));
}

/**
 * @param {Json} document
 * @param {Json | undefined} schema
 * @returns {string} such as `string`, `integer or null`, `list of Member`, `a, b or c`
 */
export function typeOf(document, schema) {
  const plain = resolved(document, schema);
  const orNull = schema?.nullable || plain.nullable ? " or null" : "";
  if (plain.enum) return `${inWords(plain.enum.filter(Boolean))}${orNull}`;
  if (plain.type === "array") return `list of ${typeOf(document, plain.items)}${orNull}`;
  if (plain.oneOf)
    return `${inWords(plain.oneOf.map((/** @type {Json} */ each) => typeOf(document, each)))}${orNull}`;
  const name = nameOf(schema);
  return `${plain.properties && name ? name : (plain.type ?? "anything")}${orNull}`;
}

/** @param {Json | undefined} schema */
const nameOf = (schema) =>
  (schema?.$ref ?? schema?.allOf?.[0]?.$ref)
    ?.split("/")
    .pop()
    .replace(/(Out|Request)$/, "");

/** @param {string[]} words */
const inWords = (words) =>
  words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;

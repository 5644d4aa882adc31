/** Small tools for the document: typed lookup, building elements without HTML strings. */

/**
 * The one element that must be there; a page without it is a fault of ours.
 * @template {Element} [T=HTMLElement]
 * @param {string} selector
 * @param {ParentNode} [root]
 * @returns {T}
 */
export function need(selector, root = document) {
  const found = root.querySelector(selector);
  if (!found) throw new Error(`The page has no ${selector}`);
  return /** @type {T} */ (found);
}

/**
 * @template {Element} [T=HTMLElement]
 * @param {string} selector
 * @param {ParentNode} [root]
 * @returns {T | null}
 */
export const find = (selector, root = document) =>
  /** @type {T | null} */ (root.querySelector(selector));

/**
 * @typedef {Node | string | number | null | undefined | false} Child
 * @typedef {Record<string, string | number | boolean | null | undefined | ((event: any) => void)>} Props
 */

/**
 * Builds an element. `class`, `data-*`, `aria-*` and other attributes by name; `onclick` and friends as
 * listeners; `true` sets an empty attribute, `false`/null/undefined leave it out. Text is always text.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Props} [props]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") element.addEventListener(name.replace(/^on/, ""), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, String(value));
  }
  element.append(...children.flat().filter(isShown).map(asNode));
  return element;
}

/**
 * @param {Child} child
 * @returns {child is Node | string | number}
 */
const isShown = (child) => child !== null && child !== undefined && child !== false;

/** @param {Node | string | number} child */
const asNode = (child) => (child instanceof Node ? child : document.createTextNode(String(child)));

const SVG = "http://www.w3.org/2000/svg";

/**
 * An icon from the page's sprite.
 * @param {string} name without the `i-`
 * @param {string} [extra] more classes
 */
export function icon(name, extra = "") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `i ${extra}`.trim());
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/**
 * Replaces everything inside.
 * @param {Element} parent
 * @param {...(Child | Child[])} children
 */
export function fill(parent, ...children) {
  parent.replaceChildren(...children.flat().filter(isShown).map(asNode));
}

/**
 * Runs an action while its button shows that it is busy; a second press in between does nothing.
 * @template T
 * @param {HTMLElement} button
 * @param {() => Promise<T>} action
 * @returns {Promise<T | undefined>}
 */
export async function whileBusy(button, action) {
  if (button.getAttribute("aria-busy") === "true") return undefined;
  button.setAttribute("aria-busy", "true");
  try {
    return await action();
  } finally {
    button.removeAttribute("aria-busy");
  }
}

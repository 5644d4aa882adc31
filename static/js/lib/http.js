/** JSON over HTTP with our cookies: CSRF token, one renewal of an expired sign-in, errors in one shape. */

import { t } from "./words.js";

const WRITES = new Set(["POST", "PUT", "PATCH", "DELETE"]);
/** A 401 from these is an answer, not an expired sign-in. */
const SIGN_IN_PATHS = [
  "/api/auth/login/",
  "/api/auth/register/",
  "/api/auth/guest/",
  "/api/auth/refresh/",
];
const REFRESH_PATH = "/api/auth/refresh/";

/** A refusal by the server, or no answer at all (`code: "offline"`, `status: 0`). */
export class HttpError extends Error {
  /**
   * @param {number} status
   * @param {string} code
   * @param {string} message for people
   * @param {{ fields?: Record<string, string[]>, retryAfter?: number }} [more] `retryAfter` in seconds
   */
  constructor(status, code, message, { fields = {}, retryAfter } = {}) {
    super(message);
    this.name = "HttpError";
    this.status = status;
    this.code = code;
    this.fields = fields;
    this.retryAfter = retryAfter;
  }
}

/** The headers that make a browser call ours. */
export function browserHeaders() {
  return { "X-SyncWatch-Web": "1", "X-CSRFToken": csrfToken() };
}

/** The cookie is the newer one; the page's own token stands in until the cookie is set. */
function csrfToken() {
  const match = /(?:^|;\s*)(?:__Host-|__Secure-)?csrftoken=([^;]+)/.exec(document.cookie);
  if (match?.[1]) return decodeURIComponent(match[1]);
  return document.querySelector('meta[name="csrf-token"]')?.getAttribute("content") ?? "";
}

/**
 * @typedef {object} Options
 * @property {unknown} [body] sent as JSON; a FormData is sent as it is
 * @property {AbortSignal} [signal]
 * @property {Record<string, string | number | boolean | undefined>} [query]
 * @property {"text"} [as] the body as it is, where it is not JSON
 * @property {boolean} [keepalive] goes on when the page is left
 */

/**
 * @template [T=any]
 * @param {string} method
 * @param {string} path
 * @param {Options} [options]
 * @returns {Promise<T>} the decoded body; null when there is none
 * @throws {HttpError}
 */
export async function request(method, path, options = {}) {
  let response = await send(method, path, options);
  if (response.status === 401 && !SIGN_IN_PATHS.includes(path) && (await renewSignIn())) {
    response = await send(method, path, options);
  }
  if (!response.ok) throw await errorFrom(response);
  if (options.as === "text") return /** @type {any} */ (await response.text());
  return response.status === 204 ? /** @type {any} */ (null) : await decoded(response);
}

/**
 * @param {string} method
 * @param {string} path
 * @param {Options} options
 */
async function send(method, path, { body, signal, query, keepalive }) {
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json", "X-SyncWatch-Web": "1" };
  if (WRITES.has(method)) headers["X-CSRFToken"] = csrfToken();
  const isForm = body instanceof FormData;
  if (body !== undefined && !isForm) headers["Content-Type"] = "application/json";
  /** @type {RequestInit} */
  const init = { method, headers, credentials: "same-origin" };
  if (keepalive) init.keepalive = true;
  if (signal) init.signal = signal;
  if (body !== undefined) init.body = isForm ? body : JSON.stringify(body);
  try {
    return await fetch(withQuery(path, query), init);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new HttpError(
      0,
      "offline",
      t("The server could not be reached. Check your connection and try again."),
    );
  }
}

/** @type {Promise<boolean> | null} */
let renewing = null;

/**
 * Renews the sign-in by the refresh cookie; calls at the same time share one renewal.
 * @returns {Promise<boolean>} whether there is a sign-in again
 */
export function renewSignIn() {
  renewing ??= send("POST", REFRESH_PATH, { body: {} })
    .then((response) => response.ok)
    .catch(() => false)
    .finally(() => {
      renewing = null;
    });
  return renewing;
}

/**
 * @param {string} path
 * @param {Options["query"]} query
 */
function withQuery(path, query) {
  if (!query) return path;
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined);
  return pairs.length
    ? `${path}?${new URLSearchParams(pairs.map(([key, value]) => [key, String(value)]))}`
    : path;
}

/** @param {Response} response */
async function decoded(response) {
  const text = await response.text();
  return text ? JSON.parse(text) : null;
}

/** @param {Response} response */
async function errorFrom(response) {
  const body = await decoded(response).catch(() => null);
  const said = body?.error ?? {};
  const retryAfter = said.retry_after ?? (Number(response.headers.get("Retry-After")) || undefined);
  const message = said.message ?? t("Something went wrong on the server. Try again in a moment.");
  return new HttpError(response.status, said.code ?? `http_${response.status}`, message, {
    fields: said.fields,
    retryAfter,
  });
}

export const http = {
  /** @type {(path: string, options?: Options) => Promise<any>} */
  get: (path, options) => request("GET", path, options),
  /** @type {(path: string, body?: unknown, options?: Options) => Promise<any>} */
  post: (path, body = {}, options = {}) => request("POST", path, { ...options, body }),
  /** @type {(path: string, body?: unknown, options?: Options) => Promise<any>} */
  patch: (path, body = {}, options = {}) => request("PATCH", path, { ...options, body }),
  /** @type {(path: string, body?: unknown, options?: Options) => Promise<any>} */
  put: (path, body = {}, options = {}) => request("PUT", path, { ...options, body }),
  /** @type {(path: string, options?: Options) => Promise<any>} */
  delete: (path, options) => request("DELETE", path, options),
};

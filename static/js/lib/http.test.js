import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

/** @type {{ method: string, path: string, headers: Record<string, string>, body: any }[]} */
let calls = [];
/** @type {(call: (typeof calls)[number]) => Response} */
let answer = () => new Response(null, { status: 204 });

Object.assign(globalThis, {
  document: { cookie: "theme=x; csrftoken=abc", querySelector: () => null },
  fetch: async (/** @type {string} */ path, /** @type {any} */ init) => {
    const call = { method: init.method, path, headers: init.headers, body: init.body };
    calls.push(call);
    return answer(call);
  },
});
const { HttpError, http, renewSignIn } = await import("./http.js");

const json = (/** @type {number} */ status, /** @type {unknown} */ body, headers = {}) =>
  new Response(JSON.stringify(body), { status, headers });

beforeEach(() => {
  calls = [];
  answer = () => json(200, { ok: true });
});

test("a write carries the token and says that it is the web page", async () => {
  assert.deepEqual(await http.post("/api/rooms/", { name: "x" }), { ok: true });
  assert.equal(calls[0]?.headers["X-CSRFToken"], "abc");
  assert.equal(calls[0]?.headers["X-SyncWatch-Web"], "1");
  assert.equal(calls[0]?.body, '{"name":"x"}');
});

test("a read carries no token; its query is encoded", async () => {
  await http.get("/api/rooms/", { query: { public: 1, q: "a b", no: undefined } });
  assert.equal(calls[0]?.path, "/api/rooms/?public=1&q=a+b");
  assert.equal(calls[0]?.headers["X-CSRFToken"], undefined);
});

test("an expired sign-in is renewed once, for all calls together", async () => {
  let fresh = false;
  answer = ({ path }) => {
    if (path === "/api/auth/refresh/") fresh = true;
    return fresh
      ? json(200, {})
      : json(401, { error: { code: "not_signed_in", message: "Sign in." } });
  };
  await Promise.all([http.get("/api/a/"), http.get("/api/b/")]);
  assert.equal(calls.filter((call) => call.path === "/api/auth/refresh/").length, 1);
  assert.equal(calls.length, 5);
});

test("a dead sign-in stays an error, without a loop", async () => {
  answer = () => json(401, { error: { code: "not_signed_in", message: "Sign in." } });
  await assert.rejects(http.get("/api/a/"), { code: "not_signed_in", status: 401 });
  assert.equal(calls.length, 2);
});

test("a wrong password is not an expired sign-in", async () => {
  answer = () => json(401, { error: { code: "bad_credentials", message: "No." } });
  await assert.rejects(http.post("/api/auth/login/", {}), { code: "bad_credentials" });
  assert.equal(calls.length, 1);
});

test("a refusal keeps its code, words, fields and time to wait", async () => {
  answer = () =>
    json(429, {
      error: {
        code: "too_many",
        message: "Slow down.",
        fields: { name: ["Taken."] },
        retry_after: 7,
      },
    });
  await assert.rejects(http.get("/api/a/"), (error) => {
    assert.ok(error instanceof HttpError);
    assert.deepEqual(
      [error.code, error.message, error.fields, error.retryAfter],
      ["too_many", "Slow down.", { name: ["Taken."] }, 7],
    );
    return true;
  });
});

test("a page that is not JSON still gives words for people", async () => {
  answer = () =>
    new Response("<h1>Bad gateway</h1>", { status: 502, headers: { "Retry-After": "3" } });
  await assert.rejects(http.get("/api/a/"), { code: "http_502", retryAfter: 3 });
});

test("no answer at all is called offline", async () => {
  answer = () => {
    throw new TypeError("failed to fetch");
  };
  await assert.rejects(http.get("/api/a/"), { code: "offline", status: 0 });
  assert.equal(await renewSignIn(), false);
});

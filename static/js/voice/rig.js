/** For tests: a call whose line, microphone and mesh only write down what is asked of them. */

import { Call } from "./call.js";
import { Kept } from "./kept.js";

export const PEER = { session: "s-ana", user: { id: "ana" }, muted: false, deafened: false };

/**
 * @param {{peers?: any[], refuse?: any, mic?: Error, joinMuted?: boolean, ice?: any, hidden?: Set<string>}} [given]
 */
export function rig({ peers = [], refuse, mic, joinMuted = false, ice, hidden = new Set() } = {}) {
  /** @type {Map<string, (detail: any) => void>} */
  const listeners = new Map();
  /** @type {any[]} */
  const sent = [];
  /** @type {any[]} */
  const done = [];
  /** @type {any} */
  let hooks;
  const microphone = {
    track: /** @type {any} */ (null),
    open: async () => {
      if (mic) throw mic;
      microphone.track = { enabled: true };
      return microphone.track;
    },
    close: () => {
      microphone.track = null;
    },
  };
  const backend = {
    ...Object.fromEntries(
      ["meet", "await", "drop", "signal", "configure", "close"].map((name) => [
        name,
        (/** @type {any[]} */ ...args) => done.push([name, ...args]),
      ]),
    ),
    send: async () => {},
    heard: () => [],
    quality: async () => new Map(),
  };
  const kept = new Kept(null);
  kept.change({ joinMuted });
  const ended = new AbortController();
  const call = new Call({
    link: /** @type {any} */ ({
      on: (/** @type {string} */ type, /** @type {any} */ listener) => {
        listeners.set(type, listener);
        return () => listeners.delete(type);
      },
      send: (/** @type {any} */ frame) => sent.push(frame),
      request: async (/** @type {any} */ frame) => {
        sent.push(frame);
        if (refuse) throw refuse;
        return { peers };
      },
    }),
    ice: async () => (ice ? ice() : { iceServers: [], ttl: 3600 }),
    kept,
    microphone: (given) => {
      hooks = given;
      return /** @type {any} */ (microphone);
    },
    voices: () =>
      /** @type {any} */ ({ add() {}, drop() {}, deafen() {}, clear() {}, unblock() {} }),
    userOf: (session) => (session === "s-ana" ? "ana" : null),
    isHidden: (userId) => hidden.has(userId),
    tell: (words) => done.push(["tell", words]),
    signal: ended.signal,
    backend: () => /** @type {any} */ (backend),
    newSession: () => "s-me",
  });
  const hear = (/** @type {string} */ type, /** @type {any} */ detail) =>
    listeners.get(type)?.(detail);
  const applied = (/** @type {any} */ event) => hear("applied", { event });
  const names = () => done.map(([name]) => name);
  return {
    call,
    sent,
    done,
    names,
    hear,
    applied,
    microphone,
    kept,
    mic: () => hooks,
    end: () => ended.abort(),
  };
}

/** @param {import("node:test").TestContext} t @param {any} [given] */
export async function joined(t, given) {
  t.mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  const made = rig(given);
  await made.call.join();
  return made;
}

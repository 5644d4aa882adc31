/**
 * What is the matter with the relay, in words: there is none, it refuses us, it is full, or nobody
 * answers. It watches connections from beside and changes nothing about them.
 */

import { t } from "../lib/words.js";

/** @typedef {import("./types.js").Ice} Ice */
/** @typedef {"refused" | "full" | "away"} Fault */

/** Asked for so long, a relay that gave nothing is taken for away; the mesh builds anew at ten. */
const PATIENCE_MS = 8_000;
/** What TURN servers answer (RFC 8656): credentials, and then quotas. */
const REFUSALS = new Set([401, 403, 438, 441]);
const FULL = new Set([486, 508]);

export const noRelay = () =>
  t(
    "You hide your network address, but this server has no relay for voices. Turn hiding off to talk.",
  );
const notAsked = () =>
  t(
    "You hide your network address, and the server did not say where its relay is. Try again in a moment.",
  );
const usualNote = () =>
  t(
    "Voices go through the server's relay only. Without it, people in the call can see each other's address",
  );

/** @type {Record<Fault, () => string>} */
const FAULTS = {
  refused: () => t("The voice relay did not let you in. Whoever runs this server can mend that."),
  full: () => t("The voice relay is full. It is tried again by itself."),
  away: () => t("The voice relay cannot be reached. It is tried again by itself."),
};

/** @param {Ice | null} ice */
const hasRelay = (ice) => (ice?.iceServers ?? []).some(isRelay);

/** @param {RTCIceServer} server */
const isRelay = ({ urls }) => [urls].flat().some((url) => /^turns?:/.test(url));

/**
 * Why nobody would be heard; "" when nothing stands against it.
 * @param {Ice | null} ice null when it could not be asked for
 * @param {{relayOnly: boolean}} choices
 */
export function relayLack(ice, { relayOnly }) {
  if (!relayOnly || hasRelay(ice)) return "";
  return ice ? noRelay() : notAsked();
}

/**
 * What stands at the switch that hides one's address.
 * @param {Ice | null} ice null when it is not known
 * @param {{relayOnly: boolean}} choices
 * @returns {string}
 */
export function hidingNote(ice, { relayOnly }) {
  if (!ice || hasRelay(ice)) return usualNote();
  return relayOnly
    ? t("This server has no relay. You cannot talk here until you turn this off")
    : t("This server has no relay that voices could go through: with this on you cannot talk here");
}

/**
 * @param {number[]} codes of `icecandidateerror`, for relays only
 * @returns {Fault}
 */
export function faultOf(codes) {
  if (codes.some((code) => REFUSALS.has(code))) return "refused";
  return codes.some((code) => FULL.has(code)) ? "full" : "away";
}

/**
 * @param {Fault} fault
 * @param {boolean} relayOnly
 */
export function faultWords(fault, relayOnly) {
  const words = FAULTS[fault]();
  return relayOnly
    ? t("{fault} To talk without it, turn off hiding your network address.", { fault: words })
    : words;
}

/**
 * Opens connections for one call's mesh and tells once what is the matter with the relay, where it
 * matters: to those who have no other way, and to those whose connection does not come about.
 */
export class RelayWatch {
  /** @type {Fault | null} what was told, until the relay works */
  #told = null;
  #parts;

  /**
   * @param {object} parts
   * @param {(words: string, relayOnly: boolean) => void} parts.tell
   * @param {(configuration: RTCConfiguration) => RTCPeerConnection} [parts.make]
   */
  constructor(parts) {
    this.#parts = parts;
  }

  /** @param {RTCConfiguration} configuration */
  open = (configuration) => {
    const make = this.#parts.make ?? ((given) => new RTCPeerConnection(given));
    const pc = make(configuration);
    if ((configuration.iceServers ?? []).some(isRelay))
      this.#watch(pc, configuration.iceTransportPolicy === "relay");
    return pc;
  };

  /** @param {RTCPeerConnection} pc @param {boolean} relayOnly */
  #watch(pc, relayOnly) {
    /** @type {number[]} */
    let codes = [];
    let works = false;
    /** @type {any} */
    let waiting = null;
    const judge = () => {
      const needed = pc.signalingState !== "closed" && pc.connectionState !== "connected";
      if (needed && !works) this.#tell(faultOf(codes), relayOnly);
    };
    const began = () => {
      codes = [];
      works = false;
      clearTimeout(waiting);
      waiting = setTimeout(judge, PATIENCE_MS);
    };
    pc.addEventListener("icecandidateerror", ({ url, errorCode }) => {
      if (isRelay({ urls: url ?? "" })) codes.push(errorCode);
    });
    pc.addEventListener("icecandidate", ({ candidate }) => {
      if (candidate?.type !== "relay") return;
      works = true;
      this.#told = null;
    });
    pc.addEventListener("icegatheringstatechange", () => {
      if (pc.iceGatheringState === "gathering") began();
      else if (pc.iceGatheringState === "complete" && relayOnly) judge();
    });
  }

  /** @param {Fault} fault @param {boolean} relayOnly */
  #tell(fault, relayOnly) {
    if (this.#told === fault) return;
    this.#told = fault;
    this.#parts.tell(faultWords(fault, relayOnly), relayOnly);
  }
}

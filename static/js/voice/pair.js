/**
 * One connection to one other person. The one who came later makes the first offer; from then on
 * both may renegotiate, by perfect negotiation (W3C WebRTC, 10.7).
 * @module
 */
import { tunedForSpeech } from "./sdp.js";

/** @typedef {import("./types.js").PairState} PairState */
/** @typedef {import("./types.js").Signal} Signal */
/**
 * @typedef {object} PairOptions
 * @property {boolean} polite of two offers at once, this side takes back its own
 * @property {boolean} offers this side begins
 * @property {number} epoch
 * @property {RTCConfiguration} ice
 * @property {MediaStreamTrack | null} track what is heard of us
 * @property {(fields: {description?: RTCSessionDescription, candidate?: RTCIceCandidate | null}) => void} send
 * @property {(track: MediaStreamTrack) => void} onTrack
 * @property {(state: RTCPeerConnectionState) => void} onState
 * @property {(configuration: RTCConfiguration) => RTCPeerConnection} [open]
 */

const MAX_BITRATE = 32_000;

export class Pair {
  #pc;
  #options;
  #makingOffer = false;
  #ignoresOffer = false;
  #settingAnswer = false;
  /** @type {MediaStreamTrack | null} */
  #track;
  #heardAt = 0;
  /** One signal after another, whatever each takes. @type {Promise<unknown>} */
  #turn = Promise.resolve();

  /** @param {PairOptions} options */
  constructor(options) {
    this.#options = options;
    this.#track = options.track;
    const open = options.open ?? ((configuration) => new RTCPeerConnection(configuration));
    this.#pc = open(options.ice);
    const pc = this.#pc;
    pc.onnegotiationneeded = () => void this.#offer();
    pc.onicecandidate = ({ candidate }) => options.send({ candidate });
    pc.ontrack = ({ track }) => options.onTrack(track);
    pc.onconnectionstatechange = () => options.onState(pc.connectionState);
    if (options.offers) this.#prepare(pc.addTransceiver(options.track ?? "audio"));
  }

  get epoch() {
    return this.#options.epoch;
  }

  get state() {
    return this.#pc.connectionState;
  }

  /** @param {RTCConfiguration} ice */
  configure(ice) {
    this.#pc.setConfiguration(ice);
  }

  /** Another network, the same call. */
  restart() {
    this.#pc.restartIce();
  }

  /** @param {MediaStreamTrack | null} track */
  async replace(track) {
    this.#track = track;
    await this.#transceiver?.sender.replaceTrack(track);
  }

  /** @param {Signal} signal */
  take(signal) {
    this.#turn = this.#turn.then(() => this.#take(signal)).catch((error) => this.#complain(error));
    return this.#turn;
  }

  async stats() {
    return (await this.#pc.getStats()).values();
  }

  /**
   * How loud the other one is, 0–1. A source keeps its last loudness for ten seconds after its last
   * packet: what did not move since the last look is silent.
   */
  hear() {
    const sources = this.#transceiver?.receiver.getSynchronizationSources?.() ?? [];
    const heardAt = Math.max(0, ...sources.map(({ timestamp }) => timestamp));
    const isNew = heardAt > this.#heardAt;
    this.#heardAt = heardAt;
    return isNew ? Math.max(0, ...sources.map(({ audioLevel }) => audioLevel ?? 0)) : 0;
  }

  close() {
    const pc = this.#pc;
    pc.onnegotiationneeded = pc.onicecandidate = pc.ontrack = pc.onconnectionstatechange = null;
    pc.close();
  }

  get #transceiver() {
    return this.#pc.getTransceivers()[0];
  }

  async #offer() {
    try {
      this.#makingOffer = true;
      await this.#pc.setLocalDescription();
      this.#tellDescription();
    } catch (error) {
      this.#complain(error);
    } finally {
      this.#makingOffer = false;
    }
  }

  /** @param {Signal} signal */
  async #take({ description, candidate }) {
    if (description) await this.#describe(description);
    else if (candidate !== undefined) await this.#addCandidate(candidate);
  }

  /** @param {RTCSessionDescriptionInit} description */
  async #describe(description) {
    const pc = this.#pc;
    const stable = pc.signalingState === "stable" || this.#settingAnswer;
    const collides = description.type === "offer" && (this.#makingOffer || !stable);
    this.#ignoresOffer = !this.#options.polite && collides;
    if (this.#ignoresOffer) return;
    this.#settingAnswer = description.type === "answer";
    try {
      const sdp = tunedForSpeech(description.sdp ?? "");
      await pc.setRemoteDescription({ type: description.type, sdp });
    } finally {
      this.#settingAnswer = false;
    }
    if (description.type !== "offer") return;
    await this.#answer();
  }

  /** Our voice travels in the place that the offer made for it: no second offer is needed. */
  async #answer() {
    const transceiver = this.#transceiver;
    if (transceiver && transceiver.direction !== "sendrecv") {
      transceiver.direction = "sendrecv";
      await transceiver.sender.replaceTrack(this.#track);
      this.#prepare(transceiver);
    }
    await this.#pc.setLocalDescription();
    this.#tellDescription();
  }

  /** @param {RTCIceCandidateInit | null} candidate */
  async #addCandidate(candidate) {
    try {
      await this.#pc.addIceCandidate(candidate ?? undefined);
    } catch (error) {
      if (!this.#ignoresOffer) throw error;
    }
  }

  /** Lost packets are best repaired by RED; speech goes first among what this page sends. */
  #prepare(/** @type {RTCRtpTransceiver} */ transceiver) {
    const codecs = globalThis.RTCRtpReceiver?.getCapabilities?.("audio")?.codecs ?? [];
    const red = codecs.filter(({ mimeType }) => mimeType === "audio/red");
    if (red.length && this.#options.offers)
      transceiver.setCodecPreferences([...red, ...codecs.filter((codec) => !red.includes(codec))]);
    const { sender } = transceiver;
    const parameters = sender.getParameters();
    for (const encoding of parameters.encodings ?? []) {
      encoding.maxBitrate = MAX_BITRATE;
      encoding.networkPriority = "high";
    }
    if (parameters.encodings?.length) sender.setParameters(parameters).catch(() => {});
  }

  #tellDescription() {
    const { localDescription } = this.#pc;
    if (localDescription) this.#options.send({ description: localDescription });
  }

  /** What came too late for a closed connection is no fault. @param {unknown} error */
  #complain(error) {
    if (this.#pc.signalingState !== "closed") console.warn("voice:", error);
  }
}

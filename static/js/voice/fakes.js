/** For tests: connections that connect when told, between meshes that hear each other's signals. */

/** @typedef {any} Any the browser's types are wide, and of them little is needed here */

export class FakePc {
  /** @type {FakePc[]} */
  static made = [];
  signalingState = "stable";
  connectionState = "new";
  /** @type {Any} */ localDescription = null;
  /** @type {Any[]} */ candidates = [];
  /** @type {Any[]} */ #transceivers = [];
  restarts = 0;
  /** @type {Any} */ onnegotiationneeded = null;
  /** @type {Any} */ onicecandidate = null;
  /** @type {Any} */ ontrack = null;
  /** @type {Any} */ onconnectionstatechange = null;

  /** @param {Any} configuration */
  constructor(configuration) {
    this.configuration = configuration;
    FakePc.made.push(this);
  }

  getTransceivers() {
    return this.#transceivers;
  }

  /** @param {Any} track */
  addTransceiver(track) {
    const made = transceiver(track, "sendrecv");
    this.#transceivers.push(made);
    queueMicrotask(() => this.onnegotiationneeded?.());
    return made;
  }

  async setLocalDescription() {
    const answers = this.signalingState === "have-remote-offer";
    this.signalingState = answers ? "stable" : "have-local-offer";
    this.localDescription = { type: answers ? "answer" : "offer", sdp: "v=0\r\n" };
  }

  /** @param {Any} description */
  async setRemoteDescription({ type }) {
    if (type === "answer" && this.signalingState !== "have-local-offer")
      throw new Error("an answer to nothing");
    this.signalingState = type === "offer" ? "have-remote-offer" : "stable";
    if (type === "offer" && !this.#transceivers.length)
      this.#transceivers.push(transceiver(null, "recvonly"));
  }

  /** @param {Any} candidate */
  async addIceCandidate(candidate) {
    this.candidates.push(candidate);
  }

  /** @param {Any} configuration */
  setConfiguration(configuration) {
    this.configuration = configuration;
  }

  restartIce() {
    this.restarts += 1;
    queueMicrotask(() => this.onnegotiationneeded?.());
  }

  /** @param {string} state */
  becomes(state) {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }

  async getStats() {
    return new Map();
  }

  close() {
    this.signalingState = this.connectionState = "closed";
  }
}

/** @param {Any} track @param {string} direction */
function transceiver(track, direction) {
  const sender = {
    track,
    parameters: { encodings: [{}] },
    getParameters: () => sender.parameters,
    setParameters: async (/** @type {Any} */ given) => {
      sender.parameters = given;
    },
    replaceTrack: async (/** @type {Any} */ next) => {
      sender.track = next;
    },
  };
  const receiver = {
    sources: /** @type {Any[]} */ ([]),
    getSynchronizationSources: () => receiver.sources,
  };
  const made = {
    direction,
    sender,
    receiver,
    /** @type {Any[]} */ codecs: [],
    setCodecPreferences: (/** @type {Any[]} */ wanted) => {
      made.codecs = wanted;
    },
  };
  return made;
}

/** Let everything that waits for nothing happen. */
export const settled = () => new Promise((resolve) => setImmediate(resolve));

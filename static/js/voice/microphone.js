/**
 * One's own microphone: asked for, listened to, switched, given back.
 * @module
 */
import { t } from "../lib/words.js";
import { loudness, SpeakingMeter } from "./speaking.js";

const LOOK_MS = 50;
const SAMPLES = 512;

/** Why there is no microphone, in words that say what to do. */
export class MicrophoneError extends Error {
  /** @param {"refused" | "none" | "busy" | "insecure" | "late"} kind */
  constructor(kind) {
    super(WORDS[kind]());
    this.kind = kind;
  }
}

const WORDS = {
  refused: () =>
    t(
      "The browser keeps the microphone from this page. Allow it in the address bar, then join again. You can listen meanwhile.",
    ),
  none: () => t("No microphone was found. Plug one in, or just listen."),
  busy: () =>
    t("Another program holds the microphone. Close it, then try again. You can listen meanwhile."),
  insecure: () =>
    t("Browsers give a microphone only to pages behind https. You can listen meanwhile."),
  late: () => t("The microphone was let go before it was there."),
};

/** @type {Record<string, "refused" | "none" | "busy">} */
const KINDS = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotFoundError: "none",
  OverconstrainedError: "none",
  NotReadableError: "busy",
  AbortError: "busy",
};

export class Microphone {
  /** @type {MediaStreamTrack | null} */
  track = null;
  #meter = new SpeakingMeter();
  /** @type {AudioContext | null} */
  #context = null;
  /** @type {any} */
  #timer = null;
  /** A microphone that is allowed after it was given up must not stay open. */
  #turn = 0;

  /**
   * @param {object} hooks
   * @param {(level: number, speaking: boolean) => void} hooks.onLevel twenty times a second
   * @param {() => void} hooks.onLost unplugged
   * @param {MediaDevices | undefined} [hooks.devices]
   */
  constructor({ onLevel, onLost, devices = navigator.mediaDevices }) {
    this.onLevel = onLevel;
    this.onLost = onLost;
    this.devices = devices;
  }

  /**
   * @param {{deviceId: string, headphones: boolean}} wanted
   * @returns {Promise<MediaStreamTrack>} raises MicrophoneError
   */
  async open({ deviceId, headphones }) {
    if (!this.devices?.getUserMedia) throw new MicrophoneError("insecure");
    this.#turn += 1;
    const turn = this.#turn;
    const stream = await this.#ask(deviceId, headphones).catch((error) => {
      throw turn === this.#turn ? error : new MicrophoneError("late");
    });
    if (turn !== this.#turn) {
      for (const late of stream.getTracks()) late.stop();
      throw new MicrophoneError("late");
    }
    this.close();
    const [track] = stream.getAudioTracks();
    this.track = track;
    track.addEventListener("ended", () => this.track === track && this.onLost());
    this.#listen(stream);
    return track;
  }

  close() {
    this.#turn += 1;
    clearInterval(this.#timer);
    const { track } = this;
    this.track = null;
    track?.stop();
    void this.#context?.close();
    this.#context = null;
  }

  /**
   * @param {string} deviceId
   * @param {boolean} headphones
   * @returns {Promise<MediaStream>}
   */
  async #ask(deviceId, headphones) {
    const audio = {
      echoCancellation: !headphones,
      noiseSuppression: true,
      autoGainControl: true,
    };
    const devices = /** @type {MediaDevices} */ (this.devices);
    try {
      return await devices.getUserMedia({
        audio: deviceId ? { ...audio, deviceId: { exact: deviceId } } : audio,
      });
    } catch (error) {
      const { name } = /** @type {DOMException} */ (error);
      // The chosen one is gone: any other is better than none.
      if (deviceId && KINDS[name] === "none") return this.#ask("", headphones);
      throw new MicrophoneError(KINDS[name] ?? "busy");
    }
  }

  /** @param {MediaStream} stream */
  #listen(stream) {
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = SAMPLES;
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(SAMPLES);
    this.#context = context;
    this.#timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const level = loudness(samples);
      this.onLevel(level, this.#meter.look(level, performance.now()));
    }, LOOK_MS);
  }
}

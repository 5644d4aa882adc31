/**
 * What goes out of this tab: the microphone, opened, switched and lost, and what the room is told
 * of it.
 * @module
 */
import { t } from "../lib/words.js";
import { change, isHeard, isSilent } from "./call-state.js";

/** What is told of speaking and muting, at most so often. */
const TELL_MS = 250;
const BEAT_MS = 10_000;

export class OwnVoice {
  #state;
  #parts;
  #send;
  #mic;
  /** @type {any} */
  #telling = null;
  /** @type {any} */
  #beating = null;
  #micSpeaks = false;

  /**
   * @param {import("./call-state.js").CallStore} state
   * @param {Pick<import("./call-state.js").CallParts, "microphone" | "kept" | "link" | "tell">} parts
   * @param {(track: MediaStreamTrack | null) => Promise<void> | undefined} send to everybody in the call
   */
  constructor(state, parts, send) {
    this.#state = state;
    this.#parts = parts;
    this.#send = send;
    this.#mic = parts.microphone({
      onLevel: (_level, speaking) => this.#micHeard(speaking),
      onLost: () => void this.#micLost(),
    });
  }

  /** Ask for the microphone that was chosen. Without one we listen, and `problem` says why. */
  async open() {
    const { microphone: deviceId, headphones } = this.#parts.kept.choices;
    try {
      await this.#mic.open({ deviceId, headphones });
      change(this.#state, { listening: false, problem: "" });
    } catch (error) {
      if (/** @type {any} */ (error).kind === "late") return; // whoever let it go has said what is so now
      this.#mic.close(); // one that cannot be used any more is not sent on
      change(this.#state, { listening: true, problem: /** @type {Error} */ (error).message });
    }
  }

  /** Let everybody hear what is open now. */
  async goOut() {
    await this.#send(this.#mic.track);
    this.follow();
  }

  /** Another microphone, or another way to use it, without leaving the call. */
  async switch() {
    if (this.#state.value.phase !== "in") return;
    change(this.#state, { problem: "" }); // the same trouble again is said again
    await this.open();
    await this.goOut();
  }

  /** Makes the microphone follow what was chosen, and tells the room. */
  follow() {
    const { track } = this.#mic;
    if (track) track.enabled = isHeard(this.#state.value);
    this.#speak();
    this.#tellSoon();
  }

  /** How we are in the call; also the sign of life. */
  tell() {
    const { phase, deafened, speaking } = this.#state.value;
    if (phase !== "in") return;
    const muted = isSilent(this.#state.value);
    this.#parts.link.send({ type: "voice:state", muted, deafened, speaking });
  }

  /** A sign of life now and then, however quiet it is. */
  beat() {
    this.#beating = setInterval(() => this.tell(), BEAT_MS);
  }

  close() {
    clearInterval(this.#beating);
    clearTimeout(this.#telling);
    this.#telling = null;
    this.#mic.close();
  }

  async #micLost() {
    await this.switch();
    const { listening } = this.#state.value;
    this.#parts.tell(
      listening
        ? t("Your microphone was unplugged. You can still listen.")
        : t("Your microphone was unplugged. Another one took its place."),
    );
  }

  /** @param {boolean} speaking */
  #micHeard(speaking) {
    this.#micSpeaks = speaking;
    this.#speak();
  }

  #speak() {
    const { value } = this.#state;
    const speaking = this.#micSpeaks && !isSilent(value) && value.phase === "in";
    if (speaking === value.speaking) return;
    change(this.#state, { speaking });
    this.#tellSoon();
  }

  #tellSoon() {
    if (this.#telling !== null || this.#state.value.phase !== "in") return;
    this.#telling = setTimeout(() => {
      this.#telling = null;
      this.tell();
    }, TELL_MS);
  }
}

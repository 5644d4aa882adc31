/**
 * What to do about each fatal error of hls.js: try again, recover, or say in words that it is over.
 * @module
 */
import { t } from "../../lib/words.js";
import { MEDIA_NETWORK, NO_TROUBLE } from "../trouble.js";

/** @typedef {import('hls.js').default} Hls */
/** @typedef {typeof import('hls.js').default} HlsClass */
/** @typedef {import('hls.js').ErrorData} ErrorData */
/** @typedef {import('../emitter.js').Emitter} Emitter */

/** The distance between network retries grows from here to there, ms. */
const RETRY_MS = 1000;
const RETRY_MOST_MS = 15_000;
/** A second decoding error within this after a recovery is not recovered again, ms. */
const DECODE_AGAIN_MS = 8000;
/** The token has ended, or was never good. */
const REFUSED = new Set([401, 403, 410]);

/**
 * Why somebody else's server gives no film. A server that does not answer and one that forbids
 * other pages to read its films (CORS) look the same from here.
 * @param {number} status 0: the browser may not say
 */
export const outsideText = (status) =>
  status >= 400
    ? t("There is no film at this address, or not for everybody (status {status}).", { status })
    : t(
        "The server of this film cannot be reached, or it does not let other pages play its films.",
      );

export class HlsRecovery {
  #hls;
  #Hls;
  #events;
  #failures = 0;
  #recoveredAtMs = -Infinity;
  #inTrouble = false;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  /**
   * @param {Hls} hls
   * @param {HlsClass} Hls
   * @param {Emitter} events
   */
  constructor(hls, Hls, events) {
    this.#hls = hls;
    this.#Hls = Hls;
    this.#events = events;
    hls.on(Hls.Events.ERROR, (_event, data) => this.#failed(data));
    hls.on(Hls.Events.FRAG_BUFFERED, () => this.#healed());
  }

  /** Try at once: the address is fresh. */
  again() {
    clearTimeout(this.#timer);
    if (this.#failures === 0) return;
    this.#failures = 0;
    this.#load();
  }

  stop() {
    clearTimeout(this.#timer);
  }

  /** @param {ErrorData} data */
  #failed(data) {
    const { ErrorTypes, ErrorDetails } = this.#Hls;
    // A nudge moves the media clock by itself: whatever was measured is void.
    if (data.details === ErrorDetails.BUFFER_NUDGE_ON_STALL) this.#events.emit("waiting");
    if (!data.fatal) return;
    if (data.type === ErrorTypes.NETWORK_ERROR) this.#network(data.response?.code ?? 0);
    else if (data.type === ErrorTypes.MEDIA_ERROR) this.#decoding();
    else this.#say("media_unsupported", t("This browser cannot play this film."));
  }

  /** @param {number} status */
  #network(status) {
    this.#failures += 1;
    if (REFUSED.has(status)) this.#events.emit("expired");
    if (this.#foreign() && !this.#hls.levels.length && this.#failures > 1)
      this.#say("outside_refused", outsideText(status));
    else if (this.#failures > 1)
      this.#say(MEDIA_NETWORK, t("The film does not arrive. Trying again."));
    const waitMs = Math.min(RETRY_MS * 2 ** (this.#failures - 1), RETRY_MOST_MS);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#load(), waitMs);
  }

  /** The film is on somebody else's server. */
  #foreign() {
    return new URL(this.#hls.url ?? "", location.href).origin !== location.origin;
  }

  #decoding() {
    const now = performance.now();
    if (now - this.#recoveredAtMs < DECODE_AGAIN_MS)
      return this.#say("media_decode", t("The film is damaged here. Try to seek past this place."));
    this.#recoveredAtMs = now;
    this.#hls.recoverMediaError();
  }

  /** The master playlist may be what failed: then there is nothing to go on with yet. */
  #load() {
    if (this.#hls.levels.length) this.#hls.startLoad();
    else if (this.#hls.url) this.#hls.loadSource(this.#hls.url);
  }

  #healed() {
    this.#failures = 0;
    if (!this.#inTrouble) return;
    this.#inTrouble = false;
    this.#events.emit("trouble", NO_TROUBLE);
  }

  /**
   * @param {string} code
   * @param {string} message
   */
  #say(code, message) {
    this.#inTrouble = true;
    this.#events.emit("trouble", { code, message });
  }
}

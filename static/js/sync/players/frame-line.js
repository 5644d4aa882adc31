/**
 * Talking to a player in somebody else's frame: YouTube's iframe protocol over postMessage. What
 * does not come from that very frame and that very origin is nobody's word.
 * @module
 */

/** The frame is greeted again until it answers, ms. */
const GREET_MS = 250;
const CHANNEL = { id: 1, channel: "widget" };
const EVENTS = ["onReady", "onStateChange", "onError", "onPlaybackRateChange"];

/**
 * @typedef {object} Post what carries messages
 * @property {(hear: (event: {source: unknown, origin: string, data: unknown}) => void) => () => void} listen
 * @property {(text: string) => void} send
 * @property {() => unknown} source the frame's own window
 */

/**
 * @param {unknown} data
 * @returns {{event: string, info?: any} | null}
 */
export function parsed(data) {
  if (typeof data !== "string") return null;
  try {
    const said = JSON.parse(data);
    return typeof said?.event === "string" ? said : null;
  } catch {
    return null;
  }
}

export class FrameLine {
  #post;
  #stop;
  /** @type {() => void} */
  #stopGreeting;

  /**
   * @param {object} parts
   * @param {Post} parts.post
   * @param {string} parts.origin
   * @param {(event: string, info: any) => void} parts.hear
   * @param {(ms: number, fn: () => void) => () => void} parts.every
   */
  constructor({ post, origin, hear, every }) {
    this.#post = post;
    this.#stop = post.listen((event) => {
      if (event.source !== post.source() || event.origin !== origin) return;
      const said = parsed(event.data);
      if (!said) return;
      this.#stopGreeting();
      hear(said.event, said.info);
    });
    const greet = () => this.#send({ event: "listening" });
    this.#stopGreeting = every(GREET_MS, greet);
  }

  /** It answers: from now on it is to tell of these. */
  subscribe() {
    for (const event of EVENTS) this.say("addEventListener", event);
  }

  /**
   * @param {string} func
   * @param {...unknown} args
   */
  say(func, ...args) {
    this.#send({ event: "command", func, args });
  }

  close() {
    this.#stopGreeting();
    this.#stop();
  }

  /** @param {Record<string, unknown>} message */
  #send(message) {
    this.#post.send(JSON.stringify({ ...message, ...CHANNEL }));
  }
}

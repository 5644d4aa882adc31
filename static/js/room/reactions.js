/** Reactions as numbers: what is sent, what was mine, how much floats at once. Pure. */

/** @typedef {import("./time.js").Time} Time */
/** @typedef {{emoji: string, count: number}} Floating one thing in the air; a count above 1 is shown */

/** What is pressed within this time goes as one frame, ms. */
const BATCH_MS = 500;
/** The server takes no more of one kind at once. */
const BATCH_MOST = 10;
/** An echo that did not come within this time was lost, ms. */
const ECHO_MS = 3_000;
/** So many of one kind still float one by one. */
const SINGLES = 3;
const COUNT_SHOWN_MS = 4_000;

/** What this tab sends: shown at once, sent in batches, and known again when it comes back. */
export class Outgoing {
  /** @type {Map<string, number>} */
  #pressed = new Map();
  /** @type {{emoji: string, count: number, untilMs: number}[]} */
  #awaited = [];
  #resting = false;
  /** @type {(error: Error) => void} */
  onRefused = () => {};

  /** @param {Time & {send: (emoji: string, count: number) => Promise<unknown>}} parts */
  constructor({ now, after, send }) {
    this.now = now;
    this.after = after;
    this.send = send;
  }

  /** @param {string} emoji */
  press(emoji) {
    const count = (this.#pressed.get(emoji) ?? 0) + 1;
    this.#pressed.set(emoji, Math.min(count, BATCH_MOST));
    if (!this.#resting) this.#flush();
  }

  /**
   * One's own reaction came from the server.
   * @param {string} emoji
   * @param {number} count
   * @returns {number} how many of them this tab has not shown yet: another tab of the same person sent them
   */
  echo(emoji, count) {
    this.#awaited = this.#awaited.filter(({ untilMs }) => untilMs > this.now());
    let left = count;
    for (const one of this.#awaited.filter((each) => each.emoji === emoji)) {
      const mine = Math.min(one.count, left);
      one.count -= mine;
      left -= mine;
    }
    return left;
  }

  #flush() {
    const [next] = this.#pressed;
    this.#resting = Boolean(next);
    if (!next) return;
    const [emoji, count] = next;
    this.#pressed.delete(emoji);
    const awaited = { emoji, count, untilMs: this.now() + ECHO_MS };
    this.#awaited.push(awaited);
    this.after(BATCH_MS, () => this.#flush());
    this.send(emoji, count).catch((error) => {
      awaited.count = 0;
      this.onRefused(error);
    });
  }
}

/** A budget for what floats: a crowd's reactions are fewer things with numbers on them. */
export class Air {
  #floating = 0;
  /** @type {Map<string, number>} */
  #waiting = new Map();

  /** @param {number} most things in the air at once */
  constructor(most) {
    this.most = most;
  }

  /**
   * @param {string} emoji
   * @param {number} count
   * @returns {Floating[]} what to let fly now; each is told of by `landed` when it is gone
   */
  add(emoji, count) {
    const room = this.most - this.#floating;
    if (count <= SINGLES && count <= room) {
      this.#floating += count;
      return Array.from({ length: count }, () => ({ emoji, count: 1 }));
    }
    this.#waiting.set(emoji, (this.#waiting.get(emoji) ?? 0) + count);
    return room > 0 ? this.#next() : [];
  }

  /** One is gone. @returns {Floating[]} what takes its place */
  landed() {
    this.#floating -= 1;
    return this.#next();
  }

  /** @returns {Floating[]} */
  #next() {
    const [next] = [...this.#waiting].toSorted(([, a], [, b]) => b - a);
    if (!next) return [];
    const [emoji, count] = next;
    this.#waiting.delete(emoji);
    this.#floating += 1;
    return [{ emoji, count }];
  }
}

/** Where nothing may move: how often each reaction came, until some seconds after its last. */
export class Counts {
  /** @type {Map<string, number>} by reaction, in the order they came */
  shown = new Map();
  /** @type {Map<string, () => void>} */
  #timers = new Map();

  /** @param {Time & {changed: () => void}} parts */
  constructor({ after, changed }) {
    this.after = after;
    this.changed = changed;
  }

  /** @param {string} emoji @param {number} count */
  add(emoji, count) {
    this.shown.set(emoji, (this.shown.get(emoji) ?? 0) + count);
    this.#timers.get(emoji)?.();
    this.#timers.set(
      emoji,
      this.after(COUNT_SHOWN_MS, () => {
        this.shown.delete(emoji);
        this.changed();
      }),
    );
    this.changed();
  }
}

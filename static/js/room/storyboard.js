/** Scrub previews: a WebVTT list of picture cut-outs, drawn into a small canvas. */

/** @typedef {{from: number, to: number, url: string, x: number, y: number, w: number, h: number}} Cell */

const TIMES = /^(?:(\d+):)?(\d\d):(\d\d)\.(\d{3}) --> (?:(\d+):)?(\d\d):(\d\d)\.(\d{3})/u;

/** @param {(string | undefined)[]} digits hours, minutes, seconds, milliseconds */
const seconds = ([h, m, s, ms]) =>
  Number(h ?? 0) * 3600 + Number(m) * 60 + Number(s) + Number(ms) / 1000;

/**
 * @param {string} text WebVTT
 * @param {string} base what its addresses are relative to
 * @returns {Cell[]}
 */
export function parseStoryboard(text, base) {
  /** @type {Cell[]} */
  const cells = [];
  const lines = text.split(/\r?\n/u);
  lines.forEach((line, at) => {
    const times = TIMES.exec(line);
    const target = /^(.+)#xywh=(\d+),(\d+),(\d+),(\d+)$/u.exec(lines[at + 1]?.trim() ?? "");
    if (!times || !target) return;
    const [x, y, w, h] = target.slice(2).map(Number);
    cells.push({
      from: seconds(times.slice(1, 5)),
      to: seconds(times.slice(5, 9)),
      url: new URL(target[1], base).href,
      x,
      y,
      w,
      h,
    });
  });
  return cells;
}

/**
 * @param {Cell[]} cells in order
 * @param {number} atS
 * @returns {Cell | null}
 */
export const cellAt = (cells, atS) => cells.findLast(({ from }) => from <= atS) ?? cells[0] ?? null;

export class Storyboard {
  /** @type {Cell[]} */
  #cells = [];
  /** @type {string | null} */
  #url = null;
  /** @type {Map<string, HTMLImageElement>} */
  #pictures = new Map();

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {AbortSignal} signal
   */
  constructor(canvas, signal) {
    this.canvas = canvas;
    this.signal = signal;
  }

  /** @param {string | null} url */
  async load(url) {
    if (url === this.#url) return;
    this.#url = url;
    this.#cells = [];
    this.#pictures.clear();
    if (!url) return;
    try {
      const response = await fetch(url, { signal: this.signal });
      if (response.ok && this.#url === url)
        this.#cells = parseStoryboard(await response.text(), new URL(url, location.href).href);
    } catch {
      // Previews are a courtesy: without them the time alone is shown.
    }
  }

  /**
   * @param {number} atS
   * @returns {boolean} whether there is a picture to show
   */
  draw(atS) {
    const cell = cellAt(this.#cells, atS);
    if (!cell) return false;
    const picture = this.#picture(cell.url);
    if (!picture.complete || !picture.naturalWidth) return false;
    const { width, height } = this.canvas;
    this.canvas
      .getContext("2d")
      ?.drawImage(picture, cell.x, cell.y, cell.w, cell.h, 0, 0, width, height);
    return true;
  }

  /** @param {string} url */
  #picture(url) {
    const known = this.#pictures.get(url);
    if (known) return known;
    const picture = new Image();
    picture.src = url;
    this.#pictures.set(url, picture);
    return picture;
  }
}

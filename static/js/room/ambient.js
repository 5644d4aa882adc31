/** The film's own light in the room: a tiny copy of the picture, twice a second, blurred by the style sheet. */

import { setFilmHues } from "../lib/theme.js";

const EVERY_MS = 500;
/** The three lights behind the page move far slower than the picture. */
const HUES_EVERY = 16;

/**
 * The mean colour of a part of the picture, as CSS.
 * @param {Uint8ClampedArray} pixels RGBA
 * @param {number} from share of the pixels, 0–1
 * @param {number} to
 */
export function meanColour(pixels, from, to) {
  const sum = [0, 0, 0];
  const first = Math.floor((pixels.length / 4) * from);
  const last = Math.max(first + 1, Math.floor((pixels.length / 4) * to));
  for (let i = first; i < last; i++) for (let c = 0; c < 3; c++) sum[c] += pixels[i * 4 + c];
  const mean = sum.map((value) => Math.round(value / (last - first)));
  // a dark frame lights nothing: the room keeps its own colours
  return Math.max(...mean) < 40 ? "" : `rgb(${mean.join(" ")})`;
}

/**
 * @param {HTMLVideoElement} video
 * @param {HTMLCanvasElement} canvas
 * @param {AbortSignal} signal
 */
export function mountAmbient(video, canvas, signal) {
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let drawn = 0;

  const hues = () => {
    if (!context) return;
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    setFilmHues([
      meanColour(data, 0.66, 1),
      meanColour(data, 0, 0.33),
      meanColour(data, 0.33, 0.66),
    ]);
  };
  const draw = () => {
    const still = drawn > 0 && (calm.matches || document.documentElement.dataset.glass === "0");
    if (document.hidden || video.readyState < 2 || !video.videoWidth || (still && !video.paused))
      return;
    context?.drawImage(video, 0, 0, canvas.width, canvas.height);
    if (drawn++ % HUES_EVERY === 0) hues();
  };
  const beat = setInterval(draw, EVERY_MS);
  signal.addEventListener(
    "abort",
    () => {
      clearInterval(beat);
      setFilmHues([]);
    },
    { once: true },
  );
}

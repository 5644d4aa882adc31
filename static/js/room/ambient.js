/**
 * The film's own light in the room: a tiny copy of the picture, blurred once, twice a second.
 *
 * The blur is drawn into the canvas and only enlarged by the page. As a CSS filter it is worked out
 * anew for every picture of the film beside it: without a graphics card that took four fifths of a
 * core for two rooms.
 */

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

/** The picture, in pixels; film.css gives the glow as much room around it as MARGIN here. */
const PICTURE = { width: 48, height: 27 };
const MARGIN = 8;
/** The light begins a little outside of the picture. */
const BEYOND = 1;

/** @param {number} width @param {number} height */
function pixels(width, height) {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  return canvas.getContext("2d", { willReadFrequently: true });
}

/**
 * @param {HTMLVideoElement} video
 * @param {HTMLCanvasElement} canvas
 * @param {AbortSignal} signal
 */
export function mountAmbient(video, canvas, signal) {
  const picture = pixels(PICTURE.width, PICTURE.height);
  const light = canvas.getContext("2d", { willReadFrequently: true });
  // Safari's canvas knows no filters: there the style sheet blurs, on the graphics card
  const blursItself = !!light && "filter" in light;
  canvas.classList.toggle("is-blurred", blursItself);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let drawn = 0;

  const hues = () => {
    if (!picture) return;
    const { data } = picture.getImageData(0, 0, PICTURE.width, PICTURE.height);
    setFilmHues([
      meanColour(data, 0.66, 1),
      meanColour(data, 0, 0.33),
      meanColour(data, 0.33, 0.66),
    ]);
  };
  const shine = () => {
    if (!light || !picture) return;
    light.clearRect(0, 0, canvas.width, canvas.height);
    if (blursItself)
      light.filter = getComputedStyle(canvas).getPropertyValue("--ambient-drawn").trim();
    const at = MARGIN - BEYOND;
    light.drawImage(picture.canvas, at, at, canvas.width - 2 * at, canvas.height - 2 * at);
  };
  const draw = () => {
    const still = drawn > 0 && (calm.matches || document.documentElement.dataset.glass === "0");
    if (document.hidden || video.readyState < 2 || !video.videoWidth || (still && !video.paused))
      return;
    picture?.drawImage(video, 0, 0, PICTURE.width, PICTURE.height);
    shine();
    if (drawn++ % HUES_EVERY === 0) hues();
  };
  const darken = () => {
    light?.clearRect(0, 0, canvas.width, canvas.height);
    setFilmHues([]);
  };
  const beat = setInterval(draw, EVERY_MS);
  video.addEventListener("emptied", darken, { signal });
  signal.addEventListener(
    "abort",
    () => {
      clearInterval(beat);
      darken();
    },
    { once: true },
  );
}

/**
 * What a player of YouTube needs of the page: a frame beside the video, and its loudness.
 * @module
 */
import { t } from "../../lib/words.js";

/** @typedef {import('./youtube.js').Surroundings} Surroundings */

/** Said once on this page, it holds for every film from there. */
let agreed = false;
/** @type {(() => void)[]} */
const waiting = [];

export const consent = {
  given: () => agreed,
  give: () => {
    agreed = true;
    for (const go of waiting.splice(0)) go();
  },
  wait: () =>
    new Promise((/** @type {(value?: any) => void} */ resolve) => {
      waiting.push(() => resolve());
    }),
};

/**
 * @param {HTMLVideoElement} video
 * @param {string} address
 */
function openFrame(video, address) {
  const frame = document.createElement("iframe");
  frame.src = address;
  frame.title = t("The film, shown by YouTube");
  frame.tabIndex = -1; // the room's own controls lie above it and act for everybody
  frame.allow = "autoplay; encrypted-media";
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  frame.dataset.outside = "youtube";
  video.after(frame);
  const { origin } = new URL(address);
  return {
    close: () => frame.remove(),
    post: {
      source: () => frame.contentWindow,
      send: (/** @type {string} */ text) => frame.contentWindow?.postMessage(text, origin),
      listen: (/** @type {(event: any) => void} */ hear) => {
        addEventListener("message", hear);
        return () => removeEventListener("message", hear);
      },
    },
  };
}

/**
 * @param {HTMLVideoElement} video
 * @param {() => number} now
 * @returns {Surroundings}
 */
export function surroundings(video, now) {
  return {
    now,
    consent,
    page: location.origin,
    openFrame: (address) => openFrame(video, address),
    after: (ms, fn) => {
      const timer = setTimeout(fn, ms);
      return () => clearTimeout(timer);
    },
    every: (ms, fn) => {
      const timer = setInterval(fn, ms);
      return () => clearInterval(timer);
    },
    knob: {
      muted: () => video.muted || video.volume === 0,
      setMuted: (muted) => {
        video.muted = muted;
      },
      volume: () => video.volume,
      onChange: (fn) => {
        video.addEventListener("volumechange", fn);
        return () => video.removeEventListener("volumechange", fn);
      },
    },
  };
}

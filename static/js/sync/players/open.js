/**
 * Choosing the player for a film, and the profile for this browser. Features are asked, not names.
 * @module
 */
import { CHROMIUM, COARSE, FIREFOX, SAFARI } from "../settings.js";
import { NativePlayer } from "./native.js";

/** @typedef {import('../types.js').Grant} Grant */
/** @typedef {import('../loader.js').Opened} Opened */

/** Firefox and Safari are told by what only they have. */
export function browserProfile() {
  if (CSS.supports("-moz-appearance", "none")) return FIREFOX;
  if ("GestureEvent" in globalThis) return SAFARI;
  return CHROMIUM;
}

/**
 * @param {HTMLVideoElement} video
 * @param {() => number} now local ms
 * @param {string} workerPath where hls.js finds its worker: a blob: would need a weaker policy
 * @returns {import('../loader.js').OpenPlayer}
 */
export function playerOpener(video, now, workerPath) {
  return async (kind, grant) => {
    if (kind === "youtube") return openYouTube(video, now);
    const profile = browserProfile();
    if (kind === "file" || !isPlaylist(grant))
      return { player: new NativePlayer(video, now), profile };
    const { default: Hls } = await import("hls.js");
    // Asked before canPlayType: Chromium now says "maybe" to playlists it plays badly.
    if (!Hls.isSupported()) return { player: new NativePlayer(video, now), profile };
    const { HlsPlayer } = await import("./hls.js");
    return { player: new HlsPlayer(video, now, { Hls, workerPath }), profile };
  };
}

/**
 * @param {HTMLVideoElement} video
 * @param {() => number} now
 */
async function openYouTube(video, now) {
  const [{ YouTubePlayer }, { surroundings }] = await Promise.all([
    import("./youtube.js"),
    import("./youtube-frame.js"),
  ]);
  return { player: new YouTubePlayer(surroundings(video, now)), profile: COARSE };
}

/** @param {Grant} grant */
function isPlaylist({ hls, url }) {
  return Boolean(hls) || /\.m3u8($|\?)/.test(url ?? "");
}

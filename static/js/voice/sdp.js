/**
 * What we ask of the other side's Opus, written into its description. Pure.
 * @module
 */

/** Speech at 32 kbit/s survives a lost packet and falls silent for next to nothing. */
const WANTED = { useinbandfec: "1", usedtx: "1", maxaveragebitrate: "32000" };

/**
 * @param {string} sdp a remote description
 * @returns {string} the same, with our wishes for every Opus format in it
 */
export function tunedForSpeech(sdp) {
  const formats = [...sdp.matchAll(/^a=rtpmap:(\d+) opus\//gim)].map(([, id]) => id);
  return formats.reduce(withWishes, sdp);
}

/**
 * @param {string} sdp
 * @param {string} format
 */
function withWishes(sdp, format) {
  const line = new RegExp(`^a=fmtp:${format} (.*)$`, "m");
  const found = line.exec(sdp);
  const given = new Map(
    (found?.[1] ?? "")
      .split(";")
      .filter(Boolean)
      .map((pair) => /** @type {[string, string]} */ (pair.trim().split("="))),
  );
  for (const [name, value] of Object.entries(WANTED)) given.set(name, value);
  const wishes = `a=fmtp:${format} ${[...given].map((pair) => pair.join("=")).join(";")}`;
  if (found) return sdp.replace(line, wishes);
  return sdp.replace(new RegExp(`^(a=rtpmap:${format} .*)$`, "m"), `$1\r\n${wishes}`);
}

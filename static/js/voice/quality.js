/**
 * How good a connection is, from what the browser counts. Pure.
 * @module
 */

/** @typedef {{bars: 0 | 1 | 2 | 3 | 4, rttMs: number | null, lossShare: number, relayed: boolean}} Quality */
/** @typedef {{lost: number, received: number}} Counts what was counted the last time */

/**
 * @param {Iterable<any>} report the entries of an RTCStatsReport
 * @param {Counts} before
 * @returns {{quality: Quality, counts: Counts}}
 */
export function qualityOf(report, before) {
  const entries = [...report];
  const inbound = entries.find(({ type, kind }) => type === "inbound-rtp" && kind === "audio");
  const pair = chosenPair(entries);
  const local = entries.find(({ id }) => id === pair?.localCandidateId);
  const counts = { lost: inbound?.packetsLost ?? 0, received: inbound?.packetsReceived ?? 0 };
  const lost = Math.max(0, counts.lost - before.lost);
  const all = lost + Math.max(0, counts.received - before.received);
  const lossShare = all ? lost / all : 0;
  const rttMs = pair?.currentRoundTripTime == null ? null : pair.currentRoundTripTime * 1000;
  const relayed = local?.candidateType === "relay";
  return { quality: { bars: barsOf(rttMs, lossShare), rttMs, lossShare, relayed }, counts };
}

/** @param {any[]} entries */
function chosenPair(entries) {
  const transport = entries.find(({ type }) => type === "transport");
  return (
    entries.find(({ id }) => id === transport?.selectedCandidatePairId) ??
    entries.find(
      ({ type, nominated, state }) =>
        type === "candidate-pair" && nominated && state === "succeeded",
    )
  );
}

/**
 * @param {number | null} rttMs
 * @param {number} lossShare
 * @returns {Quality["bars"]}
 */
function barsOf(rttMs, lossShare) {
  if (rttMs === null) return 0;
  if (lossShare > 0.1 || rttMs > 600) return 1;
  if (lossShare > 0.04 || rttMs > 350) return 2;
  return lossShare > 0.015 || rttMs > 180 ? 3 : 4;
}

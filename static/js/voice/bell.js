/**
 * Two soft notes, made by the browser: upward for one who comes, downward for one who leaves, high for
 * somebody who is called by name.
 * @module
 */

/** Hz. */
const NOTES = { joined: [523.25, 783.99], left: [659.25, 440], called: [880, 1174.66] };
const STEP_S = 0.11;
const RING_S = 0.32;
const ATTACK_S = 0.012;
/** Of full scale: about −30 dB, under any voice. */
const PEAK = 0.03;
const SILENCE = 0.0001;

/**
 * A context of its own for each ring, closed after it: an open one keeps the sound card awake.
 * @param {keyof typeof NOTES} move
 * @param {{speaker?: string, open?: () => AudioContext}} [how] `speaker`: device id, "" for the system's
 */
export async function ring(move, { speaker = "", open = () => new AudioContext() } = {}) {
  const context = open();
  await direct(context, speaker);
  const beginS = context.currentTime;
  const notes = NOTES[move].map((hz, at) => note(context, hz, beginS + at * STEP_S));
  notes.at(-1)?.addEventListener("ended", () => void context.close());
}

/**
 * @param {AudioContext} context
 * @param {number} hz
 * @param {number} atS
 */
function note(context, hz, atS) {
  const tone = new OscillatorNode(context, { type: "sine", frequency: hz });
  const loudness = new GainNode(context, { gain: 0 });
  loudness.gain.setValueAtTime(SILENCE, atS);
  loudness.gain.exponentialRampToValueAtTime(PEAK, atS + ATTACK_S);
  loudness.gain.exponentialRampToValueAtTime(SILENCE, atS + RING_S);
  tone.connect(loudness).connect(context.destination);
  tone.start(atS);
  tone.stop(atS + RING_S);
  return tone;
}

/** Where the voices are heard. @param {AudioContext} context @param {string} speaker */
async function direct(context, speaker) {
  try {
    if (speaker) await /** @type {any} */ (context).setSinkId?.(speaker);
  } catch {
    // That speaker is gone: the system's own rings.
  }
}

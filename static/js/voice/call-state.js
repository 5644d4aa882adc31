/**
 * What a call is at a moment, and what it is made of.
 * @module
 */

/** @typedef {import("./quality.js").Quality} Quality */
/**
 * @typedef {object} CallState
 * @property {"out" | "joining" | "in"} phase
 * @property {boolean} muted by choice
 * @property {boolean} deafened
 * @property {boolean} held the talk key or button is down: one is heard though muted
 * @property {boolean} speaking and heard by the others
 * @property {boolean} listening without a microphone
 * @property {ReadonlySet<string>} talking user ids of the others who speak now
 * @property {Readonly<Record<string, import("./types.js").PairState>>} pairs by session
 * @property {ReadonlyMap<string, Quality>} quality by session
 * @property {string} problem in words; "" when there is none
 * @property {boolean} blocked the browser wants a tap before it makes a sound
 */
/** @typedef {import("../lib/store.js").Store<CallState>} CallStore */
/**
 * @typedef {object} CallParts
 * @property {Pick<import("../room/link.js").Link, "on" | "request" | "send">} link
 * @property {() => Promise<import("./types.js").Ice>} ice
 * @property {import("./kept.js").Kept} kept
 * @property {(hooks: {onLevel: (level: number, speaking: boolean) => void, onLost: () => void}) => Pick<import("./microphone.js").Microphone, "open" | "close" | "track">} microphone
 * @property {(hooks: {onBlocked: () => void}) => Pick<import("./voices.js").Voices, "add" | "drop" | "deafen" | "clear" | "unblock">} voices
 * @property {(session: string) => string | null} userOf who a session belongs to
 * @property {(userId: string) => boolean} [isHidden] a block stands between the two: no line is tried
 * @property {(words: string) => void} tell something happened that one has to know
 * @property {AbortSignal} signal
 * @property {(options: import("./mesh.js").MeshOptions) => import("./types.js").VoiceBackend} [backend]
 * @property {() => string} [newSession]
 */

/** @type {CallState} */
export const OUT = {
  phase: "out",
  muted: false,
  deafened: false,
  held: false,
  speaking: false,
  listening: false,
  talking: new Set(),
  pairs: {},
  quality: new Map(),
  problem: "",
  blocked: false,
};

/**
 * @param {CallStore} state
 * @param {Partial<CallState>} change
 */
export const change = (state, change) => state.set({ ...state.value, ...change });

/** Whether what one says goes out at this moment. @param {CallState} state */
export const isHeard = ({ muted, deafened, held }) => !deafened && (held || !muted);

/** What the room is told: heard by nobody, for whatever reason. @param {CallState} state */
export const isSilent = (state) => state.listening || !isHeard(state);

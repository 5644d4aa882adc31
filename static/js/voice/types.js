/**
 * What the parts of voice hand each other.
 * @module
 */

/** @typedef {import("../room/types.js").Person} Person */
/** @typedef {{session: string, user: Person, muted: boolean, deafened: boolean}} Peer somebody in the call, as the server tells it */
/** @typedef {{from: string, user_id: string, to: string, epoch: number, description?: RTCSessionDescriptionInit, candidate?: RTCIceCandidateInit | null}} Signal */
/** @typedef {"connecting" | "connected" | "lost" | "unreached"} PairState `unreached`: tried for long in vain, and tried on */
/** @typedef {{iceServers: RTCIceServer[], ttl: number}} Ice */
/** @typedef {{session: string, level: number}} Heard how loud somebody is right now, 0–1 */

/**
 * How voices travel. The mesh is one; a media server would be another.
 * @typedef {object} VoiceBackend
 * @property {(peers: Peer[], how: {again: boolean}) => void} meet these are in the call: we make the offers
 * @property {(peer: Peer) => void} await somebody came after us and will offer
 * @property {(session: string) => void} drop somebody is not in the call any more
 * @property {(signal: Signal) => void} signal something came from another peer
 * @property {(track: MediaStreamTrack | null) => Promise<void>} send what is heard of us
 * @property {(ice: RTCConfiguration) => void} configure servers and policy from now on
 * @property {() => Heard[]} heard
 * @property {() => Promise<Map<string, import("./quality.js").Quality>>} quality
 * @property {() => void} close
 */

export {};

/**
 * Shapes that the modules of the sync engine share. Times are ms, places in the film are s.
 * @module
 */

/**
 * @typedef {object} Hold
 * @property {'ready'|'buffering'|'processing'} reason
 * @property {string[]} by
 * @property {number} since
 * @property {boolean} resume
 */

/**
 * The room's timeline, in its wire form.
 * @typedef {object} Timeline
 * @property {string|null} item_id
 * @property {string|null} source
 * @property {boolean} paused
 * @property {number} position
 * @property {number} rate
 * @property {number} at server ms, may lie in the future
 * @property {Hold|null} hold
 * @property {number} seq
 */

/**
 * A reading of the media clock: `positionS` was true at `atMs` of the local clock.
 * @typedef {{positionS: number, atMs: number}} Reading
 */

/**
 * @typedef {object} Track
 * @property {number} id
 * @property {string} label
 * @property {string} [lang]
 * @property {number} [height]
 * @property {number} [bitrate]
 * @property {boolean} active it is what was chosen
 * @property {boolean} [shown] of qualities: it is on the screen
 */

/**
 * What can play. `load` resolves when the first metadata is there.
 * @typedef {object} Player
 * @property {() => Reading} read
 * @property {() => boolean} paused
 * @property {() => boolean} ready not seeking, and data for going on
 * @property {() => boolean} ended
 * @property {() => number} readyState
 * @property {() => number} durationS NaN while unknown
 * @property {() => number} bufferedAheadS counted from the current place
 * @property {() => number} heightPx of the picture on the screen; 0 while there is none
 * @property {(fromS: number, toS: number) => boolean} hasBuffered
 * @property {() => Promise<void>} play
 * @property {() => void} pause
 * @property {(positionS: number) => void} seek
 * @property {(rate: number, room: number) => void} setRate `room` is the room's own speed
 * @property {() => boolean} muted
 * @property {(muted: boolean) => void} setMuted
 * @property {(source: Source) => Promise<void>} load
 * @property {(url: string) => void} renew the same film from a fresh address
 * @property {() => Track[]} levels
 * @property {(id: number) => void} setLevel
 * @property {() => Track[]} audio
 * @property {(id: number) => void} setAudio
 * @property {() => Track[]} subtitles
 * @property {(id: number) => void} setSubtitle
 * @property {(type: PlayerEvent, fn: (detail?: any) => void) => () => void} on
 * @property {() => void} [allow] of a film elsewhere: this person wants it from there
 * @property {() => void} destroy
 */

/** @typedef {'waiting'|'playing'|'pause'|'play'|'seeked'|'progress'|'ended'|'tracks'|'trouble'|'expired'} PlayerEvent */

/** @typedef {{url: string, startS: number, durationS: number|null}} Source */

/** @typedef {{code: string|null, message: string}} Trouble */

/**
 * Time is given, never taken. Every function returns its own cancel.
 * @typedef {object} Timers
 * @property {() => number} now local monotonic ms
 * @property {(ms: number, fn: () => void) => () => void} every
 * @property {(ms: number, fn: () => void) => () => void} after
 * @property {(localMs: number, fn: () => void) => () => void} at as exact as can be
 */

/**
 * @typedef {object} Socket
 * @property {(frame: Record<string, unknown> & {type: string}) => unknown} send
 * @property {(frame: Record<string, unknown> & {type: string}) => Promise<any>} request
 * @property {(type: string, fn: (frame: any) => void) => (() => void)} on
 */

/** @typedef {Pick<Storage, 'getItem'|'setItem'>} Store */

/**
 * The answer of the queue item's play call.
 * @typedef {object} Grant
 * @property {string|null} [hls]
 * @property {string|null} [url]
 * @property {string|number|null} [expires_at]
 * @property {number|null} [duration]
 * @property {number|null} [available_until]
 */

/** @typedef {'idle'|'in_sync'|'catching_up'|'waiting'|'out_of_sync'|'detached'|'clock_unsure'} ChipState */

/** @typedef {{paused?: boolean, position?: number, rate?: number}} Intent */

/**
 * What the page draws.
 * @typedef {object} SyncState
 * @property {ChipState} state
 * @property {number|null} driftMs positive: we are behind
 * @property {string[]} waitingFor
 * @property {Hold['reason']|null} waitingReason
 * @property {number} position
 * @property {number|null} duration
 * @property {number} rate
 * @property {boolean} paused
 * @property {Intent|null} intent
 * @property {boolean} needsGesture
 * @property {boolean} muted
 * @property {boolean} stalled
 * @property {boolean} chasing it runs after the others, a little faster
 * @property {string|null} itemId
 */

/** @typedef {'playing'|'paused'|'buffering'|'ready'|'detached'} ReportState */

export {};

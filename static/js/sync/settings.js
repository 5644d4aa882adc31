/**
 * Every threshold of the sync engine, with unit, meaning and where the number comes from.
 * "measured" means: Chromium with hls.js, three browser processes, media clock against wall clock.
 * @module
 */

/** Estimating the server's clock from ping stamps. */
export const CLOCK = Object.freeze({
  /** Pings sent in a row on joining, reconnecting, coming online and becoming visible. */
  burstPings: 15,
  /** Distance between those pings, ms. */
  burstGapMs: 100,
  /**
   * On a jittery way fifteen are not enough (200±80 ms one way: 20–40 ms of error left, simulated):
   * so many more follow at this distance before the steady pace.
   */
  settlePings: 40,
  settleGapMs: 150,
  /** A way whose round trips vary by more than this, median over least, is jittery, ms. */
  jitteryMs: 10,
  /** Distance between pings afterwards, ms. */
  steadyGapMs: 1000,
  /** Random share of the steady distance, so that a room's pings never march in step. */
  steadyJitter: 0.2,
  /** How long a one-way minimum counts, ms. */
  windowMs: 60_000,
  /** What an old minimum loses for each ms of age: crystals differ by about 30 ppm. */
  agePpm: 30,
  /** A pong later than this is forgotten, ms. */
  pongTimeoutMs: 10_000,
  /** Two one-way minima that contradict each other by more than this mean that a clock jumped, ms. */
  jumpToleranceMs: 5,
  /** Without a pong for this long the clock counts as unsure, ms. */
  staleMs: 15_000,
  /** Pongs needed before the clock counts as sure. */
  enoughPongs: 3,
  /** How many round trips the reported RTT is the median of. */
  rttSamples: 11,
});

/** The loop and what surrounds it. */
export const LOOP = Object.freeze({
  /** Distance between looks at the player, ms. */
  tickMs: 50,
  /** A gap between ticks beyond this means sleep or a frozen tab: measure everything again, ms. */
  sleepGapMs: 2000,
  /** What a spin before an appointment may burn at most, ms. A worker timer is good to about 4 ms. */
  spinMs: 6,
});

/** Starting, getting ready and rejoining. */
export const START = Object.freeze({
  /** Media wanted ahead before "ready" is reported, s. */
  readyBufferS: 2,
  /** Media wanted ahead before a single viewer rejoins the running room, s. */
  rejoinBufferS: 0.75,
  /** How far from the wanted place counts as being there, s. Landings are exact to a microsecond. */
  placeToleranceS: 0.0005,
  /** Start latency assumed before this device has been measured, ms (measured 67–106). */
  startLatencyMs: 80,
  startLatencyMaxMs: 600,
  /** Time from seeking inside the buffer to ready, assumed before it is measured, ms. */
  seekLatencyMs: 120,
  seekLatencyMaxMs: 1500,
  /** The same where the data has to be fetched first, ms. */
  fetchLatencyMs: 700,
  fetchLatencyMaxMs: 6000,
  /** Room between "ready" and the planned start of a rejoin, ms. */
  rejoinMarginMs: 40,
  /** Being late for one's own rejoin by less than this: start at once and correct by a burst, ms. */
  lateToleranceMs: 30,
  /** Rejoins that may miss their own time in a row before starting wherever it lands. */
  rejoinTries: 3,
  /** Measurements of a latency that are kept; their median counts. */
  latencyKept: 5,
  /** After play() the media clock may stand still this long beyond the learned latency, ms. */
  startGraceMs: 500,
  /** Two timelines are the same run when they agree within this at the moment of change, s. */
  continuousS: 0.3,
});

/** Stalls. */
export const STALL = Object.freeze({
  /** Not playing for longer than this is a stall and is reported, ms. */
  reportMs: 150,
  /** Media clock slower than this share of the commanded rate counts as standing still. */
  standingShare: 0.25,
  /** Standing still is judged over this long, ms. */
  standingMs: 350,
  /** Behind by more than this after a stall: rejoin instead of running after it, ms. */
  rejoinMs: 80,
  /** Waiting for missing data this long, then seek to where the room is, ms. */
  patienceMs: 1500,
  /** Seeks for missing data keep at least this distance, ms. */
  seekGapMs: 4000,
  /** A pause nobody here asked for is undone after this long, ms. */
  externalPauseMs: 1000,
});

/** A player that will stall says so while it still plays, so that the room can wait in time. */
export const DRY = Object.freeze({
  /**
   * Less than this ahead, s at rate 1. Grace (0.5 s), the server's first look, the lead of the hold
   * and two ways through the network together take about 1 s: the hold comes before the stall.
   */
  lowS: 1.5,
  /** … and falling, judged over this long, ms. */
  windowMs: 1000,
  /** … by at least this share of what is watched: nearly nothing arrives. */
  share: 0.7,
  /** Over when so much lies ahead, s at rate 1; as much as "ready" asks for. */
  enoughS: 2,
  /** Nothing is missing where less than this of the film is not here yet, s. */
  restS: 0.3,
});

/** Coming back by running after the others, where a person chose that. */
export const CHASE = Object.freeze({
  /** Times the room's speed, with the pitch preserved: a tenth is hardly heard. */
  rate: 1.1,
  /** Less behind than this is corrected by a burst, ms. */
  leastMs: 80,
  /** Further behind than this takes more than half an hour: jump, ms. */
  mostMs: 180_000,
  /** In step again, ms. What is left, and what changing the pitch's mode costs, a burst takes. */
  doneMs: 15,
});

/** Reports and what the chip says. */
export const REPORT = Object.freeze({
  /** sync:status at each change and at least this often, ms. */
  statusMs: 5000,
  /** Two reports keep at least this distance, ms; "ready" never waits, the last one always goes. */
  statusGapMs: 200,
  /**
   * Standing still without being ready is told after this long, ms. Longer than unreadyMs: a player
   * the room waits for must not say "paused" on its way from "buffering" to "buffering".
   */
  pausedAfterMs: 600,
  /** … and in a room that is held or plays, called buffering after this long, ms. */
  unreadyMs: 400,
  /** The page hears about a moved position at most this often, ms. */
  stateMs: 250,
  /** Beyond this error the chip says "catching up", ms. */
  catchingUpMs: 45,
  /** Beyond this error for longer than outOfSyncAfterMs it says "out of sync", ms. */
  outOfSyncMs: 400,
  outOfSyncAfterMs: 4000,
  /** An optimistic answer nobody confirmed is taken back after this long, ms. */
  intentMs: 4000,
  /** A signed address is asked for again this long before it ends, ms. */
  grantAheadMs: 60_000,
  grantRetryMs: 5000,
  /** The output offset slider reaches this far both ways, ms. */
  outputOffsetMaxMs: 500,
});

/**
 * What a kind of media engine can do.
 * @typedef {object} Profile
 * @property {string} name
 * @property {boolean} bursts corrections by rate at all
 * @property {number} staleMs how old the media clock's word is on the mean, while the film runs
 * @property {number} windowMs errors are the median over this long
 * @property {number} minSamples fewest samples of an early, coarse judgement
 * @property {number} coarseMs errors above this may be judged early
 * @property {number} jumpMs two neighbouring samples this far apart: the media jumped
 * @property {number} settleStartMs readings are skipped this long after a start
 * @property {number} settleRateMs … after a rate change
 * @property {number} settleSeekMs … after a seek
 * @property {number} deadBandMs errors below this are left alone
 * @property {number} trimBandMs errors below the dead band but above this are trimmed, seldom
 * @property {number} trimPerMin bursts a minute after which nothing is trimmed any more
 * @property {number} speedDeadBandMs the dead band at room speeds other than 1 (pitch preserved)
 * @property {number} hardSeekMs errors above this are rejoined by a seek
 * @property {number} freshSeekMs … right after a commanded start, where a second try disturbs least
 * @property {number} freshMs how long a start counts as fresh
 * @property {number} seekGapMs distance between such seeks
 * @property {number} horizonMs a burst wants to be over in this long
 * @property {number} startedHorizonMs … right after a start
 * @property {number} minBurst smallest |r − 1|
 * @property {number} maxBurst largest |r − 1| while the error is small
 * @property {number} fastBurst largest |r − 1| above fastAboveMs
 * @property {number} fastAboveMs
 * @property {number} startedFastAboveMs the same right after a start, whose sound was cut anyway
 * @property {number} abortMs a burst is dropped when the error leaves its plan by this
 * @property {number} abortTicks … for so many ticks
 */

/**
 * Chromium: currentTime at rate 1 is good to 0.2 ms and, with preservesPitch off, a planned burst
 * lands within 0.3 ms (measured). 1.5 % is 26 cents of pitch for at most a second.
 * @type {Readonly<Profile>}
 */
export const CHROMIUM = Object.freeze({
  name: "chromium",
  bursts: true,
  staleMs: 0,
  windowMs: 500,
  minSamples: 5,
  coarseMs: 15,
  jumpMs: 15,
  settleStartMs: 200,
  settleRateMs: 350,
  settleSeekMs: 750,
  deadBandMs: 6,
  trimBandMs: 2.5,
  trimPerMin: 2,
  speedDeadBandMs: 40,
  hardSeekMs: 400,
  freshSeekMs: 80,
  freshMs: 3000,
  seekGapMs: 1500,
  horizonMs: 1000,
  startedHorizonMs: 500,
  minBurst: 0.002,
  maxBurst: 0.015,
  fastBurst: 0.06,
  fastAboveMs: 60,
  startedFastAboveMs: 15,
  abortMs: 25,
  abortTicks: 4,
});

/**
 * Firefox: exact bursts in both pitch modes, but currentTime moves in steps of about 40 ms
 * (12 ms standard deviation against its own line, measured): look longer, care less. Between two
 * steps the film goes on, so what is heard is half a step further (measured by ear: 20 to 30 ms).
 * @type {Readonly<Profile>}
 */
export const FIREFOX = Object.freeze({
  ...CHROMIUM,
  name: "firefox",
  staleMs: 20,
  windowMs: 1500,
  minSamples: 16,
  coarseMs: 60,
  jumpMs: 110,
  settleStartMs: 600,
  settleSeekMs: 1000,
  deadBandMs: 12,
  trimBandMs: 8,
  hardSeekMs: 500,
  freshSeekMs: 150,
  freshMs: 3000,
  abortMs: 70,
  abortTicks: 6,
});

/**
 * Safari and iOS: each rate write cracks the audio, so nothing but seldom seeks.
 * @type {Readonly<Profile>}
 */
export const SAFARI = Object.freeze({
  ...CHROMIUM,
  name: "safari",
  bursts: false,
  windowMs: 1000,
  jumpMs: 60,
  settleStartMs: 350,
  hardSeekMs: 125,
  freshSeekMs: 125,
  seekGapMs: 10_000,
});

/**
 * Players behind somebody else's frame (YouTube): rates come in quarters.
 * @type {Readonly<Profile>}
 */
export const COARSE = Object.freeze({
  ...CHROMIUM,
  name: "coarse",
  windowMs: 2000,
  minSamples: 16,
  coarseMs: 250,
  jumpMs: 250,
  settleStartMs: 350,
  deadBandMs: 80,
  trimBandMs: 80,
  speedDeadBandMs: 150,
  hardSeekMs: 250,
  freshSeekMs: 250,
  seekGapMs: 5000,
  minBurst: 0.25,
  maxBurst: 0.25,
  fastBurst: 0.25,
  abortMs: 200,
});

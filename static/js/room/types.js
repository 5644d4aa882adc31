/** Shapes the room page speaks of, for the type checker; nothing runs here. */

/** @typedef {{id: string, display_name: string, guest?: boolean, avatar?: any, picture?: string | null}} Person */
/** @typedef {{capability: string, allowed: boolean, until: number | null, by: string | null, stands_in?: boolean}} Right a capability given to one person or taken from them; `until` in server ms; `stands_in`: in the place of a host who is gone */
/** @typedef {{user: Person, role: string, capabilities: string[], rights?: Right[], presence?: string}} Member */
/**
 * @typedef {object} Hold
 * @property {"ready" | "buffering" | "processing"} reason
 * @property {string[]} by
 * @property {number} since
 * @property {boolean} resume
 */
/**
 * @typedef {object} Timeline
 * @property {string | null} item_id
 * @property {string | null} [source]
 * @property {boolean} paused
 * @property {number} position
 * @property {number} rate
 * @property {number} at
 * @property {Hold | null} hold
 * @property {number} seq
 */
/**
 * @typedef {object} QueueItem
 * @property {string} id
 * @property {string} source
 * @property {string | null} [video_id]
 * @property {string | null} [url]
 * @property {string} title
 * @property {number | null} duration
 * @property {string | null} added_by
 * @property {number} [votes]
 * @property {VideoNews} [video]
 */
/**
 * @typedef {object} VideoNews what `video:updated` told about a video in the queue
 * @property {string} id
 * @property {string} [state]
 * @property {number} [progress]
 * @property {boolean} [playable]
 * @property {number} [available_until]
 * @property {number | null} [duration]
 * @property {{code: string, message: string, own?: boolean} | null} [error] `own`: in this person's language
 * @property {string | null} [poster] an address for this person alone
 */
/** @typedef {{id: string, author: Person | null, text: string, deleted: boolean, item_id: string | null, media_time: number | null, hidden?: boolean, veiled?: boolean}} Quote `hidden`: there is a block between its author and this person; `veiled` as of a message */
/** @typedef {{emoji: string, count: number, by: string[]}} Reaction `by`: user ids of the first twenty */
/** @typedef {{user_id: string | null, name: string}} Mention whom `@name` in the words means; null: everybody */
/**
 * @typedef {object} Poll what a message asks the room
 * @property {string[]} options
 * @property {boolean} multiple whether one may choose several
 * @property {number[]} counts how many chose each option
 * @property {number} voters people
 * @property {string | null} closes_at ISO 8601
 * @property {string | null} closed_at
 */
/** @typedef {{name: string, src: string, width: number, height: number}} Emote a picture of the room, written `:name:` */
/** @typedef {Poll & {id: string, question: string, author_id: string | null, item_id: string | null, media_time: number | null}} OpenPoll */
/**
 * @typedef {object} Message
 * @property {string} id
 * @property {number | null} seq
 * @property {"text" | "system"} kind
 * @property {string} body
 * @property {(Record<string, any> & {name: string}) | null} deed what was done, of kind system
 * @property {Person | null} author
 * @property {string} created_at
 * @property {string | null} item_id
 * @property {number | null} media_time
 * @property {string | null} reply_to
 * @property {Quote | null} [reply] what it answers, as that reads now
 * @property {Reaction[]} [reactions]
 * @property {Mention[]} [mentions]
 * @property {boolean} [pinned]
 * @property {Poll | null} [poll]
 * @property {"me" | "roll" | null} [style] what somebody does, or what dice showed
 * @property {{dice: string, results: number[]} | null} [roll]
 * @property {string | null} nonce
 * @property {string | null} [edited_at]
 * @property {boolean} [deleted]
 * @property {boolean} [veiled] it was said further on in the film than this person has come
 * @property {boolean} [hidden] a block stands between its author and whose page this is
 */
/**
 * @typedef {object} RoomInfo
 * @property {string} code
 * @property {string} name
 * @property {string} visibility
 * @property {string} control
 * @property {boolean} [loop] after the last film of the list comes the first
 * @property {boolean} [stand_in] somebody has the remote while nobody is there who may use it
 * @property {Person} [host]
 * @property {boolean} [locked] it has a password
 * @property {boolean} [locked_in] nobody new comes in
 * @property {number} [slow_mode_s]
 * @property {number} [new_guest_delay_s]
 * @property {boolean} [knocks] where it is private: others may ask to come in
 * @property {number | null} [seats] people at once
 * @property {string} [welcome] for whoever comes in for the first time
 * @property {string | null} [address] stands for the code, as in /r/sunday-rabbits
 * @property {boolean} [temporary] closed when nobody was there for some hours
 * @property {any} [wait]
 * @property {Record<string, string[]>} [capabilities] what each role may do here
 */
/** @typedef {{user_id: string, tab?: string, state: string, position?: number, buffered?: number, drift_ms?: number, rtt_ms?: number}} Viewer how one player does */
/**
 * @typedef {object} Evening the room's date
 * @property {string} id
 * @property {string} starts_at ISO 8601
 * @property {string} title
 * @property {string} note
 * @property {{item_id: string, title: string} | null} film null: whatever is next in the room then
 * @property {Person | null} planned_by
 * @property {"planned" | "begun" | "missed" | "cancelled"} state
 * @property {"nobody" | "no_film" | null} waiting why it is due and does not begin
 * @property {Record<"yes" | "maybe" | "no", Person[]>} answers the first fifty of each
 * @property {Record<"yes" | "maybe" | "no", number>} counts
 */
/**
 * @typedef {object} RoomState
 * @property {string} epoch
 * @property {number} seq
 * @property {RoomInfo} room
 * @property {Member} me
 * @property {Member[]} members
 * @property {number} member_count
 * @property {Timeline} timeline
 * @property {QueueItem[]} queue
 * @property {Message[]} messages
 * @property {number} pins how many messages are pinned
 * @property {number} reports how many wait, for those who look after people
 * @property {Emote[]} emotes by name
 * @property {string[]} away who is not at the screen, by user id
 * @property {Evening | null} evening the one to come
 * @property {string[]} evening_ready who is ready for it, by user id
 * @property {OpenPoll[]} polls those that take votes, the oldest first
 * @property {Record<string, number[]>} votes what one chose oneself, by poll
 * @property {{id: string, at: string} | null} chat_read how far one had read when the page came
 * @property {string[]} reactions what may float over the film
 * @property {{peers: any[]}} voice
 * @property {Record<string, Record<string, Viewer>>} watching the players of each person, by user id and tab
 * @property {Record<string, VideoNews>} videos news of videos in the queue, by video id
 * @property {boolean} closed
 */
/** @typedef {Record<string, any> & {type: string}} Frame */
/** @typedef {string | {b: string} | {time: number}} Part one piece of a sentence: plain, strong or a film time */
/**
 * What happened, in words. What the film's centre shows is only `heard` from its corner.
 * @typedef {{icon: string, parts: Part[], who: Person | null, heard?: boolean}} Line
 */
/**
 * @typedef {object} Boot
 * @property {string} code
 * @property {string} name
 * @property {Member} me
 * @property {string} ws_path
 * @property {number} protocol
 * @property {string} [welcome] what one has not read yet
 * @property {{mine: string[], all: string[]}} hidden user ids: whom one blocked, and whose chat is hidden
 * @property {boolean} outside films from elsewhere may be put on the list
 * @property {{chat_chars: number, upload_bytes: number, queue_items?: number}} limits
 */
/**
 * What every part of the page is handed.
 * @typedef {object} Ctx
 * @property {Boot} boot
 * @property {AbortSignal} signal ends every subscription and listener
 * @property {import("./link.js").Link} link
 * @property {import("../lib/store.js").Store<RoomState>} room
 * @property {ReturnType<typeof import("../sync/conductor.js").createConductor>} conductor
 * @property {import("./remote.js").Remote} remote
 * @property {import("./api.js").RoomApi} api
 * @property {Views} views
 * @property {import("../friends/line.js").MeLine} me friends, and whose chat is hidden
 */
/** @typedef {{chat: () => void, message: (id: string) => void, toggleTheatre: () => void, toggleFull: () => void, open: (dialog: string) => void}} Views */

export {};

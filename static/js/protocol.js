/**
 * What our sockets speak: a type for every frame and event, and the codes.
 * Written by `manage.py protocol` from the server's wire types; do not edit it by hand.
 * @module
 */

export const PROTOCOL_VERSION = 1;

/** Why the server closes a socket. */
export const CLOSE = Object.freeze({
  PROTOCOL: 4400,
  NOT_SIGNED_IN: 4401,
  NOT_ALLOWED: 4403,
  NO_ROOM: 4404,
  TOO_SLOW: 4408,
  REPLACED: 4409,
  FULL: 4423,
  FLOOD: 4429,
  RESTART: 1012,
  TRY_LATER: 1013,
});

/** What a frame asks of a person; frames with an empty word only ask to be present. */
export const CAPABILITY_OF = Object.freeze({
  "auth:renew": "",
  "chat:clear": "moderate",
  "chat:delete": "chat",
  "chat:edit": "chat",
  "chat:pin": "moderate",
  "chat:react": "chat",
  "chat:read": "",
  "chat:send": "chat",
  "chat:typing": "chat",
  "evening:ready": "",
  "poll:close": "chat",
  "poll:open": "chat",
  "poll:vote": "chat",
  "react:burst": "chat",
  "room:away": "",
  "room:resume": "",
  "sync:answer": "control",
  "sync:length": "control",
  "sync:load": "control",
  "sync:pause": "control",
  "sync:ping": "",
  "sync:play": "control",
  "sync:rate": "control",
  "sync:request": "",
  "sync:seek": "control",
  "sync:status": "",
  "voice:hush": "moderate",
  "voice:join": "voice",
  "voice:leave": "",
  "voice:remove": "moderate",
  "voice:signal": "voice",
  "voice:state": "voice",
});

/** Every code that a refusal may carry, here and in the HTTP API. */
export const ERRORS = Object.freeze({
  ACCOUNT_CLOSING: "account_closing",
  ACCOUNT_NEEDED: "account_needed",
  ACCOUNT_SUSPENDED: "account_suspended",
  ADDRESS_TAKEN: "address_taken",
  ALREADY_ASKED: "already_asked",
  ALREADY_FRIENDS: "already_friends",
  ASK_FIRST: "ask_first",
  BANNED: "banned",
  BLOCKED_BY_YOU: "blocked_by_you",
  BODY_TOO_LARGE: "body_too_large",
  CHECKSUM_MISMATCH: "checksum_mismatch",
  CONFLICT: "conflict",
  CSRF_FAILED: "csrf_failed",
  DOOR_OPEN: "door_open",
  EMOTE_TAKEN: "emote_taken",
  EMOTES_FULL: "emotes_full",
  FORBIDDEN: "forbidden",
  FRAME_TOO_LARGE: "frame_too_large",
  FRIENDS_FULL: "friends_full",
  HAS_NO_ACCOUNT: "has_no_account",
  INVALID: "invalid",
  INVITE_EXPIRED: "invite_expired",
  INVITE_FOR_ANOTHER: "invite_for_another",
  INVITE_REVOKED: "invite_revoked",
  INVITE_USED_UP: "invite_used_up",
  KNOCK_ANSWERED: "knock_answered",
  LINK_REFUSED: "link_refused",
  LOCKED_IN: "locked_in",
  MALFORMED: "malformed",
  MEDIA_DENIED: "media_denied",
  NO_CHAT: "no_chat",
  NO_CONTROL: "no_control",
  NO_FILM: "no_film",
  NO_INVITE: "no_invite",
  NO_LOBBY: "no_lobby",
  NO_MODERATE: "no_moderate",
  NO_QUEUE: "no_queue",
  NO_SETTINGS: "no_settings",
  NO_VOICE: "no_voice",
  NOT_A_GUEST: "not_a_guest",
  NOT_A_MEMBER: "not_a_member",
  NOT_FOUND: "not_found",
  NOT_FRIENDS: "not_friends",
  NOT_IN_CALL: "not_in_call",
  NOT_NOW: "not_now",
  NOT_PLAYABLE: "not_playable",
  NOT_READY: "not_ready",
  NOT_RETRYABLE: "not_retryable",
  NOT_SIGNED_IN: "not_signed_in",
  OFFSET_MISMATCH: "offset_mismatch",
  ORIGIN_REFUSED: "origin_refused",
  OUTSIDE_OFF: "outside_off",
  OWNER_STAYS: "owner_stays",
  POLL_CLOSED: "poll_closed",
  QUEUE_FULL: "queue_full",
  QUOTA_EXCEEDED: "quota_exceeded",
  RATE_LIMITED: "rate_limited",
  REMOVED: "removed",
  ROOM_FULL: "room_full",
  SENDER_SILENT: "sender_silent",
  SERVER_ERROR: "server_error",
  SLOW_MODE: "slow_mode",
  STORAGE_FULL: "storage_full",
  STORAGE_UNAVAILABLE: "storage_unavailable",
  TOO_LARGE: "too_large",
  TOO_NEW: "too_new",
  UNAVAILABLE: "unavailable",
  UNKNOWN_TYPE: "unknown_type",
  UNSUPPORTED_VERSION: "unsupported_version",
  UPLOAD_EXPIRED: "upload_expired",
  UPLOAD_LOCKED: "upload_locked",
  USERNAME_TAKEN: "username_taken",
  VIDEO_FAILED: "video_failed",
  VOICE_FULL: "voice_full",
  VOICE_PEER_GONE: "voice_peer_gone",
  WORD_REFUSED: "word_refused",
  WRONG_CREDENTIALS: "wrong_credentials",
  WRONG_PASSWORD: "wrong_password",
});

/** Events with a `seq`, replayed on resume. */
export const KEPT = Object.freeze([
  "chat:cleared",
  "chat:deleted",
  "chat:edited",
  "chat:message",
  "chat:pinned",
  "chat:reaction",
  "emote:added",
  "emote:removed",
  "evening:changed",
  "evening:ready",
  "poll:closed",
  "poll:voted",
  "queue:updated",
  "room:away",
  "room:closed",
  "room:member:joined",
  "room:member:left",
  "room:member:updated",
  "room:updated",
  "sync:command",
  "voice:peer:joined",
  "voice:peer:left",
]);

/** @typedef {typeof ERRORS[keyof typeof ERRORS]} ErrorCode */

/**
 * An RTCIceCandidate as `toJSON()` gives it.
 * @typedef {object} Candidate
 * @property {string} [candidate] at most 2048 characters
 * @property {string | null} [sdpMid] at most 64 characters
 * @property {number | null} [sdpMLineIndex] 0 to 64
 * @property {string | null} [usernameFragment] at most 256 characters
 */

/**
 * How many said what.
 * @typedef {object} Counts
 * @property {number} yes
 * @property {number} maybe
 * @property {number} no
 */

/**
 * An RTCSessionDescription.
 * @typedef {object} Description
 * @property {"answer" | "offer" | "pranswer" | "rollback"} type
 * @property {string} [sdp] at most 16384 characters
 */

/**
 * A picture of the room, written `:name:`. What stands at `src` never changes.
 * @typedef {object} Emote
 * @property {string} name
 * @property {string} src
 * @property {number} width
 * @property {number} height
 */

/**
 * A room's date. `starts_at` is an instant, to be shown in each one's own time zone; `film` null:
 * whatever is next in the room then; `waiting`: why it is due and does not begin; `sequence` rises
 * with every change.
 * @typedef {object} Evening
 * @property {string} id
 * @property {string} starts_at
 * @property {string} title
 * @property {string} note
 * @property {EveningFilm | null} film
 * @property {Person | null} planned_by
 * @property {"begun" | "cancelled" | "missed" | "planned"} state
 * @property {"no_film" | "nobody" | null} waiting
 * @property {number} sequence
 * @property {Said} answers
 * @property {Counts} counts
 */

/**
 * The film an evening begins with; it is on the room's list.
 * @typedef {object} EveningFilm
 * @property {string} item_id
 * @property {string} title
 */

/**
 * How far an uploaded film is; `available_until` in seconds of the film.
 * @typedef {object} FilmProgress
 * @property {"failed" | "probing" | "processing" | "queued" | "ready" | "uploading"} state
 * @property {number} progress
 * @property {boolean} playable
 * @property {number} available_until
 */

/**
 * A friend. `since` (ISO 8601): how long it has been so; offline: when they were last here.
 * @typedef {object} Friend
 * @property {Person} user
 * @property {"offline" | "online" | "watching"} presence
 * @property {FriendRoom | null} room
 * @property {string | null} since
 */

/**
 * Somebody who was asked, or who asked, to be friends, and when.
 * @typedef {object} FriendAsk
 * @property {Person} user
 * @property {string} at
 */

/**
 * Where a friend is, as far as they allow and it is open to you. `title`: what is on, told to the
 * room's own people, and to others where the room is public without a password.
 * @typedef {object} FriendRoom
 * @property {string} code
 * @property {string} name
 * @property {string | null} title
 */

/**
 * Why the room waits. `by` names the people it waits for (empty: everybody gets ready), `since` is
 * server ms, `resume` says whether it goes on by itself.
 * @typedef {object} Hold
 * @property {"buffering" | "processing" | "ready"} reason
 * @property {string[]} by
 * @property {number} since
 * @property {boolean} resume
 */

/**
 * Who this connection belongs to, and what they may do.
 * @typedef {object} Me
 * @property {Person} user
 * @property {"guest" | "member" | "moderator" | "owner"} role
 * @property {string[]} capabilities
 * @property {Right[]} rights
 */

/**
 * A person in a room and what they may do there; `rights` are their own, beside the role's.
 * @typedef {object} Member
 * @property {Person} user
 * @property {"guest" | "member" | "moderator" | "owner"} role
 * @property {string[]} capabilities
 * @property {Right[]} rights
 * @property {"offline" | "online"} presence
 */

/**
 * Whom a message means by `@name`, spelt as it stands in `body`. Of several that could stand at
 * one place the longest counts. Without a person everybody is meant.
 * @typedef {object} Mention
 * @property {string | null} user_id
 * @property {string} name
 */

/**
 * A message of the chat. One of kind system tells what its `author` did (null: it came about by
 * itself): `body` in English, `deed` as `{name, …facts}`; moments in it are instants, to be shown
 * in each one's own time zone. Of style me, `body` goes on behind the author's name.
 * @typedef {object} Message
 * @property {string} id
 * @property {number | null} seq
 * @property {"system" | "text"} kind
 * @property {string} body
 * @property {"me" | "roll" | null} style
 * @property {Roll | null} roll
 * @property {Record<string, any> | null} deed
 * @property {Person | null} author
 * @property {string} created_at
 * @property {string | null} edited_at
 * @property {string | null} item_id
 * @property {number | null} media_time
 * @property {string | null} reply_to
 * @property {Quote | null} reply
 * @property {MessageReaction[]} reactions
 * @property {Mention[]} mentions
 * @property {boolean} pinned
 * @property {Poll | null} poll
 * @property {string} nonce
 */

/**
 * An emoji on a message: how many put it there, and the user ids of the first twenty.
 * @typedef {object} MessageReaction
 * @property {string} emoji
 * @property {number} count
 * @property {string[]} by
 */

/**
 * A line of the list under the bell. `data` of room_invited: `code`, `name` and `path`, which lets
 * this person in; of room_knocked: `code`, `name` and `knock`, the id to answer; of room_given,
 * whose host one is now: `code` and `name`; of room_evening: as of room_invited, with `evening`,
 * its id, `title`, `starts_at`, `waiting` and `what` as in `evening:changed`, or struck: called
 * off by those who run the server.
 * @typedef {object} Notice
 * @property {string} id
 * @property {"friend_accepted" | "friend_asked" | "room_evening" | "room_given" | "room_invited" | "room_knocked"} kind
 * @property {Person} from
 * @property {Record<string, any>} data
 * @property {string} created_at
 * @property {boolean} read
 */

/**
 * The film that is on.
 * @typedef {object} NowPlaying
 * @property {string} item_id
 * @property {string} title
 * @property {string | null} video_id
 */

/**
 * A poll that takes votes, and the message that asks: by whom, and where in which film.
 * @typedef {object} OpenPoll
 * @property {string[]} options
 * @property {boolean} multiple
 * @property {number[]} counts
 * @property {number} voters
 * @property {string | null} closes_at
 * @property {string | null} closed_at
 * @property {string} id
 * @property {string} question
 * @property {string | null} author_id
 * @property {string | null} item_id
 * @property {number | null} media_time
 */

/**
 * Somebody in the room's call; `session` names their tab's call.
 * @typedef {object} Peer
 * @property {string} session
 * @property {Person} user
 * @property {boolean} muted
 * @property {boolean} deafened
 */

/**
 * A person as everybody sees them. `avatar` is the number of a colour, `picture` an address or
 * null: initials on that colour.
 * @typedef {object} Person
 * @property {string} id
 * @property {string} display_name
 * @property {boolean} guest
 * @property {number} avatar
 * @property {string | null} picture
 */

/**
 * What a message asks the room. `counts` by option; `voters` are people. Times are ISO 8601.
 * @typedef {object} Poll
 * @property {string[]} options
 * @property {boolean} multiple
 * @property {number[]} counts
 * @property {number} voters
 * @property {string | null} closes_at
 * @property {string | null} closed_at
 */

/**
 * One line of the room's list; `added_by` is a user id.
 * @typedef {object} QueueItem
 * @property {string} id
 * @property {"file" | "hls" | "video" | "youtube"} source
 * @property {string | null} video_id
 * @property {string | null} url
 * @property {string} title
 * @property {number | null} duration
 * @property {string | null} added_by
 * @property {number} votes
 * @property {string} created_at
 * @property {FilmProgress | null} video
 */

/**
 * What an answer shows of the message it answers: its first 120 characters. Taken back it has no
 * words any more. It may lie further on in the film than the answer.
 * @typedef {object} Quote
 * @property {string} id
 * @property {Person | null} author
 * @property {string} text
 * @property {boolean} deleted
 * @property {string | null} item_id
 * @property {number | null} media_time
 */

/**
 * How far one has read, on whichever device: a message, and when it was said. Where it was taken
 * back, the time says where it stood.
 * @typedef {object} ReadPosition
 * @property {string} id
 * @property {string} at
 */

/**
 * A capability given to one person or taken from them, whatever their role says, by the user `by`;
 * `until` in server ms, null: until somebody ends it. One past its end counts for nothing.
 * `stands_in`: the room gave it, in the place of somebody who is gone.
 * @typedef {object} Right
 * @property {string} capability
 * @property {boolean} allowed
 * @property {number | null} until
 * @property {string | null} by
 * @property {boolean} stands_in
 */

/**
 * What fell: `dice` as 2d6, and each of them.
 * @typedef {object} Roll
 * @property {string} dice
 * @property {number[]} results
 */

/**
 * A room as its members see it; `capabilities` by role. `locked`: it has a password; `locked_in`:
 * nobody new comes in; `knocks`: where it is private, whoever knows the code may ask; `seats`:
 * people at once; `welcome`: for whoever comes in first; `address` stands for the code; a
 * `temporary` one is closed when nobody was there for six hours. Between two messages people wait
 * `slow_mode_s`, new guests `new_guest_delay_s` before their first; moderators never. With
 * `stand_in` somebody has the remote while nobody is there who may use it. With `loop` the first
 * film of the list comes after the last.
 * @typedef {object} Room
 * @property {string} id
 * @property {string} code
 * @property {string} name
 * @property {"private" | "public" | "unlisted"} visibility
 * @property {"everyone" | "moderators" | "owner"} control
 * @property {boolean} stand_in
 * @property {boolean} loop
 * @property {boolean} locked
 * @property {Waiting} wait
 * @property {number} slow_mode_s
 * @property {number} new_guest_delay_s
 * @property {boolean} locked_in
 * @property {boolean} knocks
 * @property {number | null} seats
 * @property {string} welcome
 * @property {string | null} address
 * @property {boolean} temporary
 * @property {Person} host
 * @property {NowPlaying | null} now_playing
 * @property {Record<string, string[]>} capabilities
 * @property {string} created_at
 */

/**
 * Who said what, the first fifty of each.
 * @typedef {object} Said
 * @property {Person[]} yes
 * @property {Person[]} maybe
 * @property {Person[]} no
 */

/**
 * Where the film is. Position at server time t: `position` if paused or t <= at, else `position +
 * (t - at) / 1000 * rate`. `seq` is that of the event that set it.
 * @typedef {object} Timeline
 * @property {string | null} item_id
 * @property {"file" | "hls" | "video" | "youtube" | null} source
 * @property {boolean} paused
 * @property {number} position
 * @property {number} rate
 * @property {number} at
 * @property {Hold | null} hold
 * @property {number} seq
 */

/**
 * How one player does, in short. `state` may also be `gone`.
 * @typedef {object} Viewer
 * @property {string} user_id
 * @property {string} tab
 * @property {string} state
 * @property {number} [seq]
 * @property {number} [position]
 * @property {number} [buffered]
 * @property {number} [drift_ms]
 * @property {number} [rtt_ms]
 */

/**
 * Who is in the room's call.
 * @typedef {object} Voice
 * @property {Peer[]} peers
 */

/**
 * Whether the room waits for somebody whose player stalls: after `grace_ms`, while fewer than the
 * share `quorum` of the people can play, and for `cap_s` at most.
 * @typedef {object} Waiting
 * @property {"off" | "on"} mode
 * @property {number} grace_ms
 * @property {number} quorum
 * @property {number} cap_s
 */

/**
 * Go on with a fresh sign-in: a one-use ticket, or an access token. Acked with `expires_at`.
 * @typedef {object} AuthRenewFrame
 * @property {"auth:renew"} type
 * @property {string | null} [ticket] at most 256 characters
 * @property {string | null} [access] at most 4096 characters
 * @property {string | null} [ref] at most 64 characters
 */

/**
 * Take back the last `count` messages, or what the person `user_id` wrote in the last 24 hours,
 * 500 at most; for moderators. One of the two. The ack says in `count` how many are gone.
 * @typedef {object} ChatClearFrame
 * @property {"chat:clear"} type
 * @property {number | null} [count] 1 to 500
 * @property {string | null} [user_id] at most 36 characters
 * @property {string | null} [ref] at most 64 characters
 */

/**
 * Take back a message of one's own; moderators may take back anybody's.
 * @typedef {object} ChatDeleteFrame
 * @property {"chat:delete"} type
 * @property {string} id at most 36 characters
 * @property {string | null} [ref] at most 64 characters
 */

/**
 * Change the words of a message of one's own.
 * @typedef {object} ChatEditFrame
 * @property {"chat:edit"} type
 * @property {string} id at most 36 characters
 * @property {string} body at most 20000 characters
 * @property {string | null} [ref] at most 64 characters
 */

/**
 * Keep a message in sight of the room (`on`), or let it go; for moderators. The ack says in
 * `changed` whether it was another before.
 * @typedef {object} ChatPinFrame
 * @property {"chat:pin"} type
 * @property {string} id at most 36 characters
 * @property {boolean} on
 * @property {string | null} [ref] at most 64 characters
 */

/**
 * Put an emoji, or an emote of the room as `:name:`, on a message (`on`), or take one's own off
 * it. The ack says in `changed` whether it was another before.
 * @typedef {object} ChatReactFrame
 * @property {"chat:react"} type
 * @property {string} id at most 36 characters
 * @property {string} emoji at most 40 characters
 * @property {boolean} on
 * @property {string | null} [ref] at most 64 characters
 */

/**
 * I have read up to this message. It only moves forward; say it when it did, every few seconds at
 * most. Nobody else is told.
 * @typedef {object} ChatReadFrame
 * @property {"chat:read"} type
 * @property {string} id at most 36 characters
 * @property {string | null} [ref] at most 64 characters
 */

/**
 * Say something. `nonce` is the client's own name for the message: sent again with the same one,
 * it is acked with the first message and not stored twice. `media_time` binds it to a place in the
 * film, in seconds. With `style` "me" it is what one does; with "roll" the server throws the dice
 * that `body` names (`2d6`, up to `20d1000`), and the message tells what fell.
 * @typedef {object} ChatSendFrame
 * @property {"chat:send"} type
 * @property {string} body at most 20000 characters
 * @property {string} nonce at most 64 characters
 * @property {string | null} [reply_to] at most 36 characters
 * @property {number | null} [media_time] 0 to 864000
 * @property {"me" | "roll" | null} [style]
 * @property {string | null} [ref] at most 64 characters
 */

/**
 * I am writing. Say it again every few seconds while it lasts.
 * @typedef {object} ChatTypingFrame
 * @property {"chat:typing"} type
 * @property {string | null} [ref] at most 64 characters
 */

/**
 * One is ready for the evening, or not any more. Taken while its lobby is open.
 * @typedef {object} EveningReadyFrame
 * @property {"evening:ready"} type
 * @property {boolean} ready
 * @property {string | null} [ref] at most 64 characters
 */

/**
 * End a poll of one's own; moderators may end anybody's. The ack says in `changed` whether it was
 * open.
 * @typedef {object} PollCloseFrame
 * @property {"poll:close"} type
 * @property {string} id at most 36 characters
 * @property {string | null} [ref] at most 64 characters
 */

/**
 * Ask the room. The question is a message with a `poll`; `nonce` and `media_time` are its own.
 * With `for_s` it closes by itself after so many seconds.
 * @typedef {object} PollOpenFrame
 * @property {"poll:open"} type
 * @property {string} question at most 20000 characters
 * @property {string[]} options
 * @property {string} nonce at most 64 characters
 * @property {boolean} [multiple]
 * @property {number | null} [for_s] 10 to 86400
 * @property {number | null} [media_time] 0 to 864000
 * @property {string | null} [ref] at most 64 characters
 */

/**
 * Choose among the options of a poll, by their numbers from 0. Again, it takes the place of what
 * one chose before; none takes it back. The ack says in `options` what counts now.
 * @typedef {object} PollVoteFrame
 * @property {"poll:vote"} type
 * @property {string} id at most 36 characters
 * @property {number[]} options
 * @property {string | null} [ref] at most 64 characters
 */

/**
 * Let a reaction float over the film for everybody; `emoji` is one of the snapshot's `reactions`.
 * Several of one kind within a moment go as one frame with their `count`.
 * @typedef {object} ReactBurstFrame
 * @property {"react:burst"} type
 * @property {string} emoji at most 8 characters
 * @property {number} [count] 1 to 10
 * @property {string | null} [ref] at most 64 characters
 */

/**
 * One is not at the screen for a while, or is back. So that nobody waits, report `sync:status` as
 * `detached` meanwhile. Said again it changes nothing; leaving the room ends it.
 * @typedef {object} RoomAwayFrame
 * @property {"room:away"} type
 * @property {boolean} away
 * @property {string | null} [ref] at most 64 characters
 */

/**
 * Ask for the kept events after `since` of `epoch`; the answer is those, or a snapshot.
 * @typedef {object} RoomResumeFrame
 * @property {"room:resume"} type
 * @property {number} since at least 0
 * @property {string} epoch at most 64 characters
 * @property {string | null} [ref] at most 64 characters
 */

/**
 * Say what became of the question of `user_id`: done (`granted`), or not now.
 * @typedef {object} SyncAnswerFrame
 * @property {"sync:answer"} type
 * @property {string} user_id at most 36 characters
 * @property {string} action at most 32 characters
 * @property {boolean} granted
 * @property {string | null} [ref] at most 64 characters
 */

/**
 * How long a film elsewhere is, in seconds, as a player found; the first word counts. Only then
 * does the room know where it ends, and what follows comes by itself.
 * @typedef {object} SyncLengthFrame
 * @property {"sync:length"} type
 * @property {string} item_id at most 36 characters
 * @property {number} duration 1 to 864000
 * @property {string | null} [ref] at most 64 characters
 */

/**
 * Take this item of the queue as the film. Plays on when the room was playing.
 * @typedef {object} SyncLoadFrame
 * @property {"sync:load"} type
 * @property {string} item_id at most 36 characters
 * @property {string | null} [ref] at most 64 characters
 */

/**
 * Stop for everybody. `position` in seconds; left out: where the timeline is then.
 * @typedef {object} SyncPauseFrame
 * @property {"sync:pause"} type
 * @property {number | null} [position] 0 to 864000
 * @property {string | null} [ref] at most 64 characters
 */

/**
 * Four stamps make a clock. `t0` is the client's time in ms, any epoch.
 * @typedef {object} SyncPingFrame
 * @property {"sync:ping"} type
 * @property {number} t0 -1e+15 to 1e+15
 * @property {string | null} [ref] at most 64 characters
 */

/**
 * Go on, or begin. `position` in seconds; left out: where the timeline is.
 * @typedef {object} SyncPlayFrame
 * @property {"sync:play"} type
 * @property {number | null} [position] 0 to 864000
 * @property {string | null} [ref] at most 64 characters
 */

/**
 * Play faster or slower, for the whole room.
 * @typedef {object} SyncRateFrame
 * @property {"sync:rate"} type
 * @property {number} rate 0.25 to 3
 * @property {string | null} [ref] at most 64 characters
 */

/**
 * Ask for the remote. An `action` as in `sync:command`, with nothing but what that one needs, is
 * asked of those who can do it; any other of those who can grant it.
 * @typedef {object} SyncRequestFrame
 * @property {"sync:request"} type
 * @property {string} action at most 32 characters
 * @property {number | null} [position] 0 to 864000
 * @property {number | null} [rate] 0.25 to 3
 * @property {string | null} [item_id] at most 36 characters
 * @property {string | null} [ref] at most 64 characters
 */

/**
 * Go to `position`, in seconds. Past the end means the end.
 * @typedef {object} SyncSeekFrame
 * @property {"sync:seek"} type
 * @property {number} position 0 to 864000
 * @property {string | null} [ref] at most 64 characters
 */

/**
 * How this player does: at each change and every 5 s. `seq` is that of the timeline it is about,
 * `buffered` the seconds that lie ready ahead of `position`. `buffering` stands still for lack of
 * data, or is about to. `detached` watches on its own or cannot follow (a film that failed, a
 * browser that wants a tap first): it is not waited for. `drift_ms` is positive behind the room,
 * and 0 while there is nothing to compare. `clock_bound_ms` is how wrong the server's time can be
 * here at worst, `quality` the height of the picture in pixels; both are for whoever looks at `GET
 * /api/rooms/CODE/health/`.
 * @typedef {object} SyncStatusFrame
 * @property {"sync:status"} type
 * @property {number} seq 0 to 9.0072e+15
 * @property {number} position 0 to 864000
 * @property {number} buffered 0 to 864000
 * @property {"buffering" | "detached" | "paused" | "playing" | "ready"} state
 * @property {number} drift_ms -1e+09 to 1e+09
 * @property {number} rtt_ms 0 to 60000
 * @property {number | null} [clock_bound_ms] 0 to 60000
 * @property {number | null} [quality] 1 to 16384
 * @property {string | null} [ref] at most 64 characters
 */

/**
 * Ask everybody to mute themselves.
 * @typedef {object} VoiceHushFrame
 * @property {"voice:hush"} type
 * @property {string | null} [ref] at most 64 characters
 */

/**
 * Come into the call, or back to it. `session` is this tab's own name for its call: announced
 * again after a lost connection, it goes on where it was. Acked with the other `peers`: who comes
 * makes the offers, the others only answer.
 * @typedef {object} VoiceJoinFrame
 * @property {"voice:join"} type
 * @property {string} session
 * @property {boolean} [muted]
 * @property {string | null} [ref] at most 64 characters
 */

/**
 * Leave the call.
 * @typedef {object} VoiceLeaveFrame
 * @property {"voice:leave"} type
 * @property {string | null} [ref] at most 64 characters
 */

/**
 * Take a person out of the call.
 * @typedef {object} VoiceRemoveFrame
 * @property {"voice:remove"} type
 * @property {string} user_id at most 36 characters
 * @property {string | null} [ref] at most 64 characters
 */

/**
 * Something for one other peer: a description or a candidate (null: there are no more). `to` is
 * their session, or a person's id. `epoch` counts the connections tried between the two.
 * @typedef {object} VoiceSignalFrame
 * @property {"voice:signal"} type
 * @property {string} to at most 64 characters
 * @property {number} epoch 0 to 1e+09
 * @property {Description} [description]
 * @property {Candidate | null} [candidate]
 * @property {string | null} [ref] at most 64 characters
 */

/**
 * How I am in the call: at each change, and every ten seconds as a sign of life.
 * @typedef {object} VoiceStateFrame
 * @property {"voice:state"} type
 * @property {boolean} muted
 * @property {boolean} [deafened]
 * @property {boolean} [speaking]
 * @property {string | null} [ref] at most 64 characters
 */

/**
 * Is this line alive? Answered by `me:pong`.
 * @typedef {object} MePingFrame
 * @property {"me:ping"} type
 * @property {string | null} [ref] at most 64 characters
 */

/**
 * Messages were taken back together, `by` whom; so many are pinned now.
 * @typedef {object} ChatClearedEvent
 * @property {"chat:cleared"} type
 * @property {number} seq
 * @property {string[]} ids
 * @property {string} by
 * @property {number} pins
 */

/**
 * A message was taken back, `by` whom.
 * @typedef {object} ChatDeletedEvent
 * @property {"chat:deleted"} type
 * @property {number} seq
 * @property {string} id
 * @property {string} by
 */

/**
 * A message has other words now.
 * @typedef {object} ChatEditedEvent
 * @property {"chat:edited"} type
 * @property {number} seq
 * @property {Message} message
 */

/**
 * A new message. `nonce` is its sender's; `message.seq` equals the event's. Events of a message
 * may come without a `seq`: they are news for this person's pages alone, and never repeated.
 * @typedef {object} ChatMessageEvent
 * @property {"chat:message"} type
 * @property {number} seq
 * @property {Message} message
 * @property {string} nonce
 */

/**
 * `by` pinned a message or let it go; so many are pinned now.
 * @typedef {object} ChatPinnedEvent
 * @property {"chat:pinned"} type
 * @property {number} seq
 * @property {string} id
 * @property {boolean} on
 * @property {string} by
 * @property {number} count
 */

/**
 * `by` put an emoji on a message, or took it off. Now `count` people have it there, the first
 * twenty of them are `people`; with none it goes.
 * @typedef {object} ChatReactionEvent
 * @property {"chat:reaction"} type
 * @property {number} seq
 * @property {string} id
 * @property {string} emoji
 * @property {string} by
 * @property {boolean} on
 * @property {number} count
 * @property {string[]} people
 */

/**
 * The room has an emote more: `:name:` is drawn as the picture at `src`, `by` whom.
 * @typedef {object} EmoteAddedEvent
 * @property {"emote:added"} type
 * @property {number} seq
 * @property {Emote} emote
 * @property {string} by
 */

/**
 * The emote `name` is gone, `by` whom; its name is just words again.
 * @typedef {object} EmoteRemovedEvent
 * @property {"emote:removed"} type
 * @property {number} seq
 * @property {string} name
 * @property {string} by
 */

/**
 * The room's date as it is now; `what` happened to it, `by` whom (null: the server). It is to come
 * only while its `state` is `planned`.
 * @typedef {object} EveningChangedEvent
 * @property {"evening:changed"} type
 * @property {number} seq
 * @property {Evening} evening
 * @property {"answered" | "begun" | "cancelled" | "changed" | "missed" | "moved" | "planned" | "waiting"} what
 * @property {string | null} by
 */

/**
 * Everybody who is ready for the evening, by user id.
 * @typedef {object} EveningReadyEvent
 * @property {"evening:ready"} type
 * @property {number} seq
 * @property {string[]} ready
 */

/**
 * A poll takes no votes any more; `by` nobody where its time was over. This is its result.
 * @typedef {object} PollClosedEvent
 * @property {"poll:closed"} type
 * @property {number} seq
 * @property {string} id
 * @property {string | null} by
 * @property {string} closed_at
 * @property {number[]} counts
 * @property {number} voters
 */

/**
 * So many chose each option of a poll, `voters` people in all. Twice a second at most.
 * @typedef {object} PollVotedEvent
 * @property {"poll:voted"} type
 * @property {number} seq
 * @property {string} id
 * @property {number[]} counts
 * @property {number} voters
 */

/**
 * The queue as it is now (the first 200 items) and how many there are. `by` and `action` say what
 * happened, `title` to which item.
 * @typedef {object} QueueUpdatedEvent
 * @property {"queue:updated"} type
 * @property {number} seq
 * @property {QueueItem[]} items
 * @property {number} count
 * @property {string | null} by
 * @property {"added" | "changed" | "moved" | "removed" | "voted"} action
 * @property {string} title
 */

/**
 * Everybody in the room who is not at the screen, by user id. Who leaves the room is not in it any
 * more, without an event of its own.
 * @typedef {object} RoomAwayEvent
 * @property {"room:away"} type
 * @property {number} seq
 * @property {string[]} away
 */

/**
 * The room is closed for good; sockets are closed with 4404 after this.
 * @typedef {object} RoomClosedEvent
 * @property {"room:closed"} type
 * @property {number} seq
 * @property {string | null} by
 */

/**
 * A person came into the room. Several tabs are one person.
 * @typedef {object} RoomMemberJoinedEvent
 * @property {"room:member:joined"} type
 * @property {number} seq
 * @property {Member} member
 */

/**
 * A person is not in the room any more; `gone` means that they may come back.
 * @typedef {object} RoomMemberLeftEvent
 * @property {"room:member:left"} type
 * @property {number} seq
 * @property {string} user_id
 * @property {"banned" | "gone" | "kicked" | "left"} reason
 */

/**
 * A person's role, rights or name changed.
 * @typedef {object} RoomMemberUpdatedEvent
 * @property {"room:member:updated"} type
 * @property {number} seq
 * @property {Member} member
 */

/**
 * The room's name or settings changed. `by` is a user id or null.
 * @typedef {object} RoomUpdatedEvent
 * @property {"room:updated"} type
 * @property {number} seq
 * @property {Room} room
 * @property {string | null} by
 */

/**
 * The timeline changed: `action` says how, `by` who did it (null: the server). `begin` is the
 * start of a scheduled evening.
 * @typedef {object} SyncCommandEvent
 * @property {"sync:command"} type
 * @property {number} seq
 * @property {"begin" | "hold" | "load" | "pause" | "play" | "rate" | "release" | "seek"} action
 * @property {Timeline} timeline
 * @property {string | null} by
 */

/**
 * Somebody came into the call.
 * @typedef {object} VoicePeerJoinedEvent
 * @property {"voice:peer:joined"} type
 * @property {number} seq
 * @property {Peer} peer
 */

/**
 * Somebody is not in the call any more; `replaced`: they talk from another tab now.
 * @typedef {object} VoicePeerLeftEvent
 * @property {"voice:peer:left"} type
 * @property {number} seq
 * @property {string} session
 * @property {string} user_id
 * @property {"kicked" | "left" | "lost" | "removed" | "replaced"} reason
 */

/**
 * A person is writing; forget it after six seconds.
 * @typedef {object} ChatTypingEvent
 * @property {"chat:typing"} type
 * @property {string} user_id
 */

/**
 * To every page of one person: this is what they chose in a poll now, on whichever of them.
 * @typedef {object} PollChosenEvent
 * @property {"poll:chosen"} type
 * @property {string} id
 * @property {number[]} options
 */

/**
 * Somebody reacted, `count` times. In a crowd some of them are left out.
 * @typedef {object} ReactBurstEvent
 * @property {"react:burst"} type
 * @property {string} by
 * @property {string} emoji
 * @property {number} count
 */

/**
 * Words of those who run this server, to everybody in the room or in all rooms. Show them at once;
 * they are told once, and stand in no snapshot.
 * @typedef {object} RoomAnnouncementEvent
 * @property {"room:announcement"} type
 * @property {string} text
 */

/**
 * Somebody asks to come in. Only those hear it who may answer, and no block keeps apart from who
 * asks; who else waits is read by `GET /api/rooms/{code}/knocks/`.
 * @typedef {object} RoomKnockEvent
 * @property {"room:knock"} type
 * @property {Record<string, any>} knock
 */

/**
 * An ask was answered or taken back; told to those who heard of it.
 * @typedef {object} RoomKnockOverEvent
 * @property {"room:knock:over"} type
 * @property {string} knock_id
 */

/**
 * Comings and goings of a large room, told together.
 * @typedef {object} RoomMembersEvent
 * @property {"room:members"} type
 * @property {Member[]} joined
 * @property {string[]} left
 * @property {number} count
 */

/**
 * To those who manage people: so many reports wait to be looked at. What they say is read over the
 * API.
 * @typedef {object} RoomReportEvent
 * @property {"room:report"} type
 * @property {number} count
 */

/**
 * What became of the question of `user_id`, `by` whom. Sent to the asker and to those asked.
 * @typedef {object} SyncAnswerEvent
 * @property {"sync:answer"} type
 * @property {string} user_id
 * @property {string} action
 * @property {boolean} granted
 * @property {string} by
 */

/**
 * The players whose state changed since the last of these; at most one a second.
 * @typedef {object} SyncMembersEvent
 * @property {"sync:members"} type
 * @property {Viewer[]} members
 */

/**
 * Somebody asks for a deed. Sent to those who can do it and whom no block keeps apart from who
 * asks; worth an answer for about a minute.
 * @typedef {object} SyncRequestEvent
 * @property {"sync:request"} type
 * @property {Person} person
 * @property {string} action
 * @property {number | null} position
 * @property {number | null} rate
 * @property {string | null} item_id
 */

/**
 * To one person: the room waits for them no more until then (server ms), because they kept it
 * waiting up to its cap (`long`), or too often of late (`often`). Their player catches up alone.
 * @typedef {object} SyncUnwaitedEvent
 * @property {"sync:unwaited"} type
 * @property {"long" | "often"} why
 * @property {number} until
 */

/**
 * A film of the queue came further.
 * @typedef {object} VideoUpdatedEvent
 * @property {"video:updated"} type
 * @property {string} id
 * @property {string} state
 * @property {number} progress
 * @property {boolean} playable
 * @property {number} available_until
 * @property {number | null} duration
 * @property {Record<string, string> | null} error
 */

/**
 * A moderator asks everybody to mute themselves.
 * @typedef {object} VoiceHushEvent
 * @property {"voice:hush"} type
 * @property {string} by
 */

/**
 * How somebody is in the call.
 * @typedef {object} VoicePeerStateEvent
 * @property {"voice:peer:state"} type
 * @property {string} session
 * @property {string} user_id
 * @property {boolean} muted
 * @property {boolean} deafened
 * @property {boolean} speaking
 */

/**
 * Something from another peer, for this connection alone; `from` is their session, `to` one's own.
 * It carries `description` or `candidate` as it was sent.
 * @typedef {object} VoiceSignalEvent
 * @property {"voice:signal"} type
 * @property {string} from
 * @property {string} user_id
 * @property {string} to
 * @property {number} epoch
 */

/**
 * The sign-in of this connection ends at `expires_at` (server ms), in about a minute.
 * @typedef {object} AuthExpiringEvent
 * @property {"auth:expiring"} type
 * @property {number} expires_at
 */

/**
 * The answer to a ping: server ms when it came in (`t1`) and when this went out (`t2`).
 * @typedef {object} SyncPongEvent
 * @property {"sync:pong"} type
 * @property {number} t0
 * @property {number} t1
 * @property {number} t2
 */

/**
 * Somebody inside answered this person's ask to come into a room. Admitted, they belong to it
 * already.
 * @typedef {object} DoorAnsweredEvent
 * @property {"door:answered"} type
 * @property {string} code
 * @property {boolean} admitted
 */

/**
 * Two people are friends now; `friend` is the other one, as in `GET /api/friends/`.
 * @typedef {object} FriendAcceptedEvent
 * @property {"friend:accepted"} type
 * @property {Friend} friend
 */

/**
 * Somebody asked somebody to be friends; `by_me`: it was this person who asked.
 * @typedef {object} FriendAskedEvent
 * @property {"friend:asked"} type
 * @property {FriendAsk} ask
 * @property {boolean} by_me
 */

/**
 * This person is no friend any more, and there is no ask of either side to be seen.
 * @typedef {object} FriendRemovedEvent
 * @property {"friend:removed"} type
 * @property {string} user_id
 */

/**
 * Somebody in these lists, a friend or in an ask, has another name or picture.
 * @typedef {object} FriendUpdatedEvent
 * @property {"friend:updated"} type
 * @property {Person} user
 */

/**
 * Whose chat is hidden from this person changed: ask `GET /api/friends/blocked/` again.
 * @typedef {object} HiddenChangedEvent
 * @property {"hidden:changed"} type
 */

/**
 * The answer to `me:ping`: this line is alive.
 * @typedef {object} MePongEvent
 * @property {"me:pong"} type
 */

/**
 * How things stand: the first frame, and again whenever something may have been missed. `friends`,
 * `asked_me` and `asked_by_me` are as in `GET /api/friends/`.
 * @typedef {object} MeSnapshotEvent
 * @property {"me:snapshot"} type
 * @property {number} protocol
 * @property {number} server_time
 * @property {Friend[]} friends
 * @property {FriendAsk[]} asked_me
 * @property {FriendAsk[]} asked_by_me
 * @property {number} notices_unread
 */

/**
 * The list under the bell changed otherwise: read elsewhere, or taken back.
 * @typedef {object} NoticeCountEvent
 * @property {"notice:count"} type
 * @property {number} unread
 */

/**
 * Something for the list under the bell, and how many in it are unread now.
 * @typedef {object} NoticeNewEvent
 * @property {"notice:new"} type
 * @property {Notice} notice
 * @property {number} unread
 */

/**
 * A friend came, went, or is somewhere else, as far as they let friends know.
 * @typedef {object} PresenceChangedEvent
 * @property {"presence:changed"} type
 * @property {string} user_id
 * @property {"offline" | "online" | "watching"} presence
 * @property {FriendRoom | null} room
 * @property {string | null} since
 */

/**
 * Everything a client needs to show the room, as it is now: at most 100 members, 200 items and the
 * last 50 messages; the rest is there by the HTTP API. `votes`: by poll, the options one chose
 * oneself.
 * @typedef {object} RoomSnapshotEvent
 * @property {"room:snapshot"} type
 * @property {number} protocol
 * @property {string} epoch
 * @property {number} seq
 * @property {number} server_time
 * @property {Room} room
 * @property {Me} me
 * @property {Member[]} members
 * @property {number} member_count
 * @property {Timeline} timeline
 * @property {QueueItem[]} queue
 * @property {Message[]} messages
 * @property {string[]} reactions
 * @property {ReadPosition | null} chat_read
 * @property {number} pins
 * @property {Emote[]} emotes
 * @property {OpenPoll[]} polls
 * @property {Record<string, number[]>} votes
 * @property {number} reports
 * @property {Voice} voice
 * @property {Evening | null} evening
 * @property {string[]} evening_ready
 * @property {string[]} away
 */

/**
 * A frame was refused; `ref` is there when it had one. The socket stays open.
 * @typedef {object} ErrorEvent
 * @property {"error"} type
 * @property {string} code
 * @property {string} message
 * @property {Record<string, string[]> | null} [fields]
 * @property {number | null} [retry_after]
 * @property {string | null} [ref]
 */

/**
 * The frame with this `ref` was done. It carries what the frame's row says besides.
 * @typedef {Record<string, any> & {type: "ack", ref: string}} AckEvent
 */

/** @typedef {AuthRenewFrame | ChatClearFrame | ChatDeleteFrame | ChatEditFrame | ChatPinFrame | ChatReactFrame | ChatReadFrame | ChatSendFrame | ChatTypingFrame | EveningReadyFrame | PollCloseFrame | PollOpenFrame | PollVoteFrame | ReactBurstFrame | RoomAwayFrame | RoomResumeFrame | SyncAnswerFrame | SyncLengthFrame | SyncLoadFrame | SyncPauseFrame | SyncPingFrame | SyncPlayFrame | SyncRateFrame | SyncRequestFrame | SyncSeekFrame | SyncStatusFrame | VoiceHushFrame | VoiceJoinFrame | VoiceLeaveFrame | VoiceRemoveFrame | VoiceSignalFrame | VoiceStateFrame} ClientFrame */

/** @typedef {ChatClearedEvent | ChatDeletedEvent | ChatEditedEvent | ChatMessageEvent | ChatPinnedEvent | ChatReactionEvent | EmoteAddedEvent | EmoteRemovedEvent | EveningChangedEvent | EveningReadyEvent | PollClosedEvent | PollVotedEvent | QueueUpdatedEvent | RoomAwayEvent | RoomClosedEvent | RoomMemberJoinedEvent | RoomMemberLeftEvent | RoomMemberUpdatedEvent | RoomUpdatedEvent | SyncCommandEvent | VoicePeerJoinedEvent | VoicePeerLeftEvent} KeptEvent */

/** @typedef {ChatTypingEvent | PollChosenEvent | ReactBurstEvent | RoomAnnouncementEvent | RoomKnockEvent | RoomKnockOverEvent | RoomMembersEvent | RoomReportEvent | SyncAnswerEvent | SyncMembersEvent | SyncRequestEvent | SyncUnwaitedEvent | VideoUpdatedEvent | VoiceHushEvent | VoicePeerStateEvent | VoiceSignalEvent} PassingEvent */

/** @typedef {KeptEvent | PassingEvent | AuthExpiringEvent | SyncPongEvent | RoomSnapshotEvent | AckEvent | ErrorEvent} ServerEvent */

/** @typedef {DoorAnsweredEvent | FriendAcceptedEvent | FriendAskedEvent | FriendRemovedEvent | FriendUpdatedEvent | HiddenChangedEvent | MePongEvent | MeSnapshotEvent | NoticeCountEvent | NoticeNewEvent | PresenceChangedEvent} MeEvent */

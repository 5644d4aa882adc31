"""Plain data inside frames, by name: what services put together as dicts, declared once.

Used to write the protocol down; a test holds what the server really sends against it.
"""

from typing import Any, Literal

import msgspec

from playback.protocol import Timeline
from syncwatch.management.protocol.chat_shapes import Emote, Message, OpenPoll, ReadPosition
from syncwatch.management.protocol.evening_shapes import Evening
from syncwatch.management.protocol.plain import Person, Shape

ROLE = Literal["owner", "moderator", "member", "guest"]


class Right(Shape):
    """A capability given to one person or taken from them, whatever their role says, by the user
    `by`; `until` in server ms, null: until somebody ends it. One past its end counts for nothing.
    `stands_in`: the room gave it, in the place of somebody who is gone.
    """

    capability: str
    allowed: bool
    until: int | None
    by: str | None
    stands_in: bool


class Member(Shape):
    """A person in a room and what they may do there; `rights` are their own, beside the role's."""

    user: Person
    role: ROLE
    capabilities: list[str]
    rights: list[Right]
    presence: Literal["offline", "online"]


class NowPlaying(Shape):
    """The film that is on."""

    item_id: str
    title: str
    video_id: str | None


class Waiting(Shape):
    """Whether the room waits for somebody whose player stalls: after `grace_ms`, while fewer than
    the share `quorum` of the people can play, and for `cap_s` at most.
    """

    mode: Literal["off", "on"]
    grace_ms: int
    quorum: float
    cap_s: int


class Room(Shape):
    """A room as its members see it; `capabilities` by role. `locked`: it has a password;
    `locked_in`: nobody new comes in; `knocks`: where it is private, whoever knows the code may ask;
    `seats`: people at once; `welcome`: for whoever comes in first; `address` stands for the code; a
    `temporary` one is closed when nobody was there for six hours. Between two messages people wait
    `slow_mode_s`, new guests `new_guest_delay_s` before their first; moderators never. With
    `stand_in` somebody has the remote while nobody is there who may use it. With `loop` the first
    film of the list comes after the last.
    """

    id: str
    code: str
    name: str
    visibility: Literal["private", "unlisted", "public"]
    control: Literal["owner", "moderators", "everyone"]
    stand_in: bool
    loop: bool
    locked: bool
    wait: Waiting
    slow_mode_s: int
    new_guest_delay_s: int
    locked_in: bool
    knocks: bool
    seats: int | None
    welcome: str
    address: str | None
    temporary: bool
    host: Person
    now_playing: NowPlaying | None
    capabilities: dict[str, list[str]]
    created_at: str


class FilmProgress(Shape):
    """How far an uploaded film is; `available_until` in seconds of the film."""

    state: Literal["uploading", "queued", "probing", "processing", "ready", "failed"]
    progress: int
    playable: bool
    available_until: float


class QueueItem(Shape):
    """One line of the room's list; `added_by` is a user id."""

    id: str
    source: Literal["video", "hls", "file", "youtube"]
    video_id: str | None
    url: str | None
    title: str
    duration: float | None
    added_by: str | None
    votes: int
    created_at: str
    video: FilmProgress | None


class Me(Shape):
    """Who this connection belongs to, and what they may do."""

    user: Person
    role: ROLE
    capabilities: list[str]
    rights: list[Right]


class Peer(Shape):
    """Somebody in the room's call; `session` names their tab's call."""

    session: str
    user: Person
    muted: bool
    deafened: bool


class Voice(Shape):
    """Who is in the room's call."""

    peers: list[Peer]


class FriendRoom(Shape):
    """Where a friend is, as far as they allow and it is open to you. `title`: what is on,
    told to the room's own people, and to others where the room is public without a password.
    """

    code: str
    name: str
    title: str | None


class Friend(Shape):
    """A friend. `since` (ISO 8601): how long it has been so; offline: when they were last here."""

    user: Person
    presence: Literal["offline", "online", "watching"]
    room: FriendRoom | None
    since: str | None


class FriendAsk(Shape):
    """Somebody who was asked, or who asked, to be friends, and when."""

    user: Person
    at: str


class Notice(Shape):
    """A line of the list under the bell. `data` of room_invited: `code`, `name` and `path`, which
    lets this person in; of room_knocked: `code`, `name` and `knock`, the id to answer; of
    room_given, whose host one is now: `code` and `name`; of room_evening: as of room_invited, with
    `evening`, its id, `title`, `starts_at`, `waiting` and `what` as in `evening:changed`,
    or struck: called off by those who run the server.
    """

    id: str
    kind: Literal[
        "friend_asked",
        "friend_accepted",
        "room_invited",
        "room_knocked",
        "room_given",
        "room_evening",
    ]
    from_: Person = msgspec.field(name="from")
    data: dict[str, Any]
    created_at: str
    read: bool


class Ack(Shape, tag_field="type", tag="ack"):
    """The frame with this `ref` was done. It carries what the frame's row says besides."""

    ref: str


class Refusal(Shape, tag_field="type", tag="error"):
    """A frame was refused; `ref` is there when it had one. The socket stays open."""

    code: str
    message: str
    ref: str | None = None
    fields: dict[str, list[str]] | None = None
    retry_after: float | None = None


class Snapshot(Shape, tag_field="type", tag="room:snapshot"):
    """Everything a client needs to show the room, as it is now: at most 100 members, 200 items
    and the last 50 messages; the rest is there by the HTTP API. `votes`: by poll, the options one
    chose oneself.
    """

    protocol: int
    epoch: str
    seq: int
    server_time: int
    room: Room
    me: Me
    members: list[Member]
    member_count: int
    timeline: Timeline
    queue: list[QueueItem]
    messages: list[Message]
    reactions: list[str]
    chat_read: ReadPosition | None
    pins: int
    emotes: list[Emote]
    polls: list[OpenPoll]
    votes: dict[str, list[int]]
    reports: int
    voice: Voice
    evening: Evening | None
    evening_ready: list[str]
    away: list[str]


ANSWERS: tuple[type[msgspec.Struct], ...] = (Snapshot, Ack, Refusal)
# Fields that a wire type declares as plain data → the shape they have, by type and name.
PLAIN: dict[tuple[str, str], Any] = {
    ("evening:changed", "evening"): Evening,
    ("room:member:joined", "member"): Member,
    ("room:member:updated", "member"): Member,
    ("room:members", "joined"): list[Member],
    ("room:updated", "room"): Room,
    ("chat:message", "message"): Message,
    ("chat:edited", "message"): Message,
    ("emote:added", "emote"): Emote,
    ("queue:updated", "items"): list[QueueItem],
    ("sync:request", "person"): Person,
    ("voice:peer:joined", "peer"): Peer,
    ("me:snapshot", "friends"): list[Friend],
    ("me:snapshot", "asked_me"): list[FriendAsk],
    ("me:snapshot", "asked_by_me"): list[FriendAsk],
    ("friend:asked", "ask"): FriendAsk,
    ("friend:accepted", "friend"): Friend,
    ("friend:updated", "user"): Person,
    ("presence:changed", "room"): FriendRoom | None,
    ("notice:new", "notice"): Notice,
}

"""What playback says on the room socket: one Struct for each frame and event."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from rooms.gateway.wire import ClientFrame, KeptEvent, PassingEvent, ServerEvent

POSITION_MAX_S = 864_000
RATE_MIN, RATE_MAX = 0.25, 3.0

Position = Annotated[float, Meta(ge=0, le=POSITION_MAX_S)]
Rate = Annotated[float, Meta(ge=RATE_MIN, le=RATE_MAX)]
ItemId = Annotated[str, Meta(min_length=1, max_length=36)]
Asked = Annotated[str, Meta(min_length=1, max_length=32, pattern="^[a-z][a-z_:-]*$")]
Action = Literal["play", "pause", "seek", "rate", "load", "begin", "hold", "release"]
State = Literal["playing", "paused", "buffering", "ready", "detached"]


class Play(ClientFrame, tag="sync:play"):
    """Go on, or begin. `position` in seconds; left out: where the timeline is."""

    position: Position | None = None


class Pause(ClientFrame, tag="sync:pause"):
    """Stop for everybody. `position` in seconds; left out: where the timeline is then."""

    position: Position | None = None


class Seek(ClientFrame, tag="sync:seek"):
    """Go to `position`, in seconds. Past the end means the end."""

    position: Position


class SetRate(ClientFrame, tag="sync:rate"):
    """Play faster or slower, for the whole room."""

    rate: Rate


class Load(ClientFrame, tag="sync:load"):
    """Take this item of the queue as the film. Plays on when the room was playing."""

    item_id: ItemId


class Length(ClientFrame, tag="sync:length"):
    """How long a film elsewhere is, in seconds, as a player found; the first word counts. Only then
    does the room know where it ends, and what follows comes by itself.
    """

    item_id: ItemId
    duration: Annotated[float, Meta(ge=1, le=POSITION_MAX_S)]


class Status(ClientFrame, tag="sync:status"):
    """How this player does: at each change and every 5 s. `seq` is that of the timeline it is
    about, `buffered` the seconds that lie ready ahead of `position`. `buffering` stands still for
    lack of data, or is about to. `detached` watches on its own or cannot follow (a film that
    failed, a browser that wants a tap first): it is not waited for. `drift_ms` is positive behind
    the room, and 0 while there is nothing to compare. `clock_bound_ms` is how wrong the server's
    time can be here at worst, `quality` the height of the picture in pixels; both are for whoever
    looks at `GET /api/rooms/CODE/health/`.
    """

    seq: Annotated[int, Meta(ge=0, le=2**53)]
    position: Position
    buffered: Annotated[float, Meta(ge=0, le=POSITION_MAX_S)]
    state: State
    drift_ms: Annotated[float, Meta(ge=-1e9, le=1e9)]
    rtt_ms: Annotated[float, Meta(ge=0, le=60_000)]
    clock_bound_ms: Annotated[float, Meta(ge=0, le=60_000)] | None = None
    quality: Annotated[int, Meta(ge=1, le=16_384)] | None = None


class Request(ClientFrame, tag="sync:request"):
    """Ask for the remote. An `action` as in `sync:command`, with nothing but what that one needs,
    is asked of those who can do it; any other of those who can grant it.
    """

    action: Asked
    position: Position | None = None
    rate: Rate | None = None
    item_id: ItemId | None = None


class Answer(ClientFrame, tag="sync:answer"):
    """Say what became of the question of `user_id`: done (`granted`), or not now."""

    user_id: ItemId
    action: Asked
    granted: bool


class Ping(ClientFrame, tag="sync:ping"):
    """Four stamps make a clock. `t0` is the client's time in ms, any epoch."""

    t0: Annotated[float, Meta(ge=-1e15, le=1e15)]


class Pong(ServerEvent, tag="sync:pong"):
    """The answer to a ping: server ms when it came in (`t1`) and when this went out (`t2`)."""

    t0: float
    t1: float
    t2: float


class Hold(msgspec.Struct, kw_only=True):
    """Why the room waits. `by` names the people it waits for (empty: everybody gets ready),
    `since` is server ms, `resume` says whether it goes on by itself.
    """

    reason: Literal["ready", "buffering", "processing"]
    by: list[str]
    since: int
    resume: bool


class Timeline(msgspec.Struct, kw_only=True):
    """Where the film is. Position at server time t: `position` if paused or t <= at, else
    `position + (t - at) / 1000 * rate`. `seq` is that of the event that set it.
    """

    item_id: str | None
    source: Literal["video", "hls", "file", "youtube"] | None
    paused: bool
    position: float
    rate: float
    at: int
    hold: Hold | None
    seq: int


class Command(KeptEvent, tag="sync:command"):
    """The timeline changed: `action` says how, `by` who did it (null: the server). `begin` is the
    start of a scheduled evening.
    """

    action: Action
    timeline: Timeline
    by: str | None


class Viewer(msgspec.Struct, kw_only=True, omit_defaults=True):
    """How one player does, in short. `state` may also be `gone`."""

    user_id: str
    tab: str
    state: str
    seq: int = 0
    position: float = 0
    buffered: float = 0
    drift_ms: float = 0
    rtt_ms: float = 0


class Members(PassingEvent, tag="sync:members"):
    """The players whose state changed since the last of these; at most one a second."""

    members: list[Viewer]


class Requested(PassingEvent, tag="sync:request"):
    """Somebody asks for a deed. Sent to those who can do it and whom no block keeps apart from who
    asks; worth an answer for about a minute.
    """

    person: dict[str, Any]
    action: str
    position: float | None
    rate: float | None
    item_id: str | None


class Answered(PassingEvent, tag="sync:answer"):
    """What became of the question of `user_id`, `by` whom. Sent to the asker and to those asked."""

    user_id: str
    action: str
    granted: bool
    by: str


class Unwaited(PassingEvent, tag="sync:unwaited"):
    """To one person: the room waits for them no more until then (server ms), because they kept it
    waiting up to its cap (`long`), or too often of late (`often`). Their player catches up alone.
    """

    why: Literal["long", "often"]
    until: int


class QueueUpdated(KeptEvent, tag="queue:updated"):
    """The queue as it is now (the first 200 items) and how many there are. `by` and `action` say
    what happened, `title` to which item.
    """

    items: list[dict[str, Any]]
    count: int
    by: str | None
    action: Literal["added", "removed", "moved", "voted", "changed"]
    title: str


class VideoUpdated(PassingEvent, tag="video:updated"):
    """A film of the queue came further."""

    id: str
    state: str
    progress: int
    playable: bool
    available_until: float
    duration: float | None
    error: dict[str, str] | None

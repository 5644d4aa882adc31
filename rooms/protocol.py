"""Wire types of rooms on the socket: who is here, what the room is, and the kernel's own frames."""

from typing import Annotated, Any, Literal

from msgspec import Meta

from rooms.gateway.wire import ClientFrame, KeptEvent, PassingEvent, ServerEvent


class Resume(ClientFrame, tag="room:resume"):
    """Ask for the kept events after `since` of `epoch`; the answer is those, or a snapshot."""

    since: Annotated[int, Meta(ge=0)]
    epoch: Annotated[str, Meta(max_length=64)]


class Away(ClientFrame, tag="room:away"):
    """One is not at the screen for a while, or is back. So that nobody waits, report `sync:status`
    as `detached` meanwhile. Said again it changes nothing; leaving the room ends it.
    """

    away: bool


class Renew(ClientFrame, tag="auth:renew"):
    """Go on with a fresh sign-in: a one-use ticket, or an access token. Acked with `expires_at`."""

    ticket: Annotated[str, Meta(max_length=256)] | None = None
    access: Annotated[str, Meta(max_length=4096)] | None = None


class Expiring(ServerEvent, tag="auth:expiring"):
    """The sign-in of this connection ends at `expires_at` (server ms), in about a minute."""

    expires_at: int


class MemberJoined(KeptEvent, tag="room:member:joined"):
    """A person came into the room. Several tabs are one person."""

    member: dict[str, Any]


class MemberLeft(KeptEvent, tag="room:member:left"):
    """A person is not in the room any more; `gone` means that they may come back."""

    user_id: str
    reason: Literal["gone", "left", "kicked", "banned"]


class MemberUpdated(KeptEvent, tag="room:member:updated"):
    """A person's role, rights or name changed."""

    member: dict[str, Any]


class RoomUpdated(KeptEvent, tag="room:updated"):
    """The room's name or settings changed. `by` is a user id or null."""

    room: dict[str, Any]
    by: str | None


class RoomClosed(KeptEvent, tag="room:closed"):
    """The room is closed for good; sockets are closed with 4404 after this."""

    by: str | None


class Knocked(PassingEvent, tag="room:knock"):
    """Somebody asks to come in. Only those hear it who may answer, and no block keeps apart from
    who asks; who else waits is read by `GET /api/rooms/{code}/knocks/`.
    """

    knock: dict[str, Any]


class KnockOver(PassingEvent, tag="room:knock:over"):
    """An ask was answered or taken back; told to those who heard of it."""

    knock_id: str


class Members(PassingEvent, tag="room:members"):
    """Comings and goings of a large room, told together."""

    joined: list[dict[str, Any]]
    left: list[str]
    count: int


class AwayNow(KeptEvent, tag="room:away"):
    """Everybody in the room who is not at the screen, by user id. Who leaves the room is not in
    it any more, without an event of its own.
    """

    away: list[str]


class Announcement(PassingEvent, tag="room:announcement"):
    """Words of those who run this server, to everybody in the room or in all rooms. Show them at
    once; they are told once, and stand in no snapshot.
    """

    text: str

"""What the small socket of a person, /ws/me/, tells them. Nothing of it is numbered or kept: who
comes back gets a fresh snapshot.
"""

from typing import Any, Literal

import msgspec


class MeEvent(msgspec.Struct, tag_field="type", kw_only=True):
    """Something the server tells a person, on every page they have open."""


class Snapshot(MeEvent, tag="me:snapshot"):
    """How things stand: the first frame, and again whenever something may have been missed.
    `friends`, `asked_me` and `asked_by_me` are as in `GET /api/friends/`.
    """

    protocol: int
    server_time: int
    friends: list[dict[str, Any]]
    asked_me: list[dict[str, Any]]
    asked_by_me: list[dict[str, Any]]
    notices_unread: int


class Pong(MeEvent, tag="me:pong"):
    """The answer to `me:ping`: this line is alive."""


class Asked(MeEvent, tag="friend:asked"):
    """Somebody asked somebody to be friends; `by_me`: it was this person who asked."""

    ask: dict[str, Any]
    by_me: bool


class Accepted(MeEvent, tag="friend:accepted"):
    """Two people are friends now; `friend` is the other one, as in `GET /api/friends/`."""

    friend: dict[str, Any]


class Updated(MeEvent, tag="friend:updated"):
    """Somebody in these lists, a friend or in an ask, has another name or picture."""

    user: dict[str, Any]


class Removed(MeEvent, tag="friend:removed"):
    """This person is no friend any more, and there is no ask of either side to be seen."""

    user_id: str


class PresenceChanged(MeEvent, tag="presence:changed"):
    """A friend came, went, or is somewhere else, as far as they let friends know."""

    user_id: str
    presence: Literal["offline", "online", "watching"]
    room: dict[str, Any] | None
    since: str | None


class NoticeNew(MeEvent, tag="notice:new"):
    """Something for the list under the bell, and how many in it are unread now."""

    notice: dict[str, Any]
    unread: int


class NoticeCount(MeEvent, tag="notice:count"):
    """The list under the bell changed otherwise: read elsewhere, or taken back."""

    unread: int


class DoorAnswered(MeEvent, tag="door:answered"):
    """Somebody inside answered this person's ask to come into a room. Admitted, they belong to it
    already.
    """

    code: str
    admitted: bool


class HiddenChanged(MeEvent, tag="hidden:changed"):
    """Whose chat is hidden from this person changed: ask `GET /api/friends/blocked/` again."""

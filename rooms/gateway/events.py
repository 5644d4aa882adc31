"""What an app brings to the room socket: a subclass of RoomEvents with marked methods."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple, Protocol, TypeVar

from rooms import policy
from rooms.gateway.wire import ClientFrame, ServerEvent, kind_of
from syncwatch.lib import clock

F = TypeVar("F", bound=Callable[..., Any])
Handler = Callable[["Caller", Any], Awaitable[Mapping[str, Any] | None]]
InlineHandler = Callable[["Caller", Any], ServerEvent | None]
DeadlineHandler = Callable[[str, str], Awaitable[None]]


class Link(Protocol):
    """What a handler may do with the one connection a frame came from."""

    async def send(self, event: ServerEvent | Mapping[str, Any]) -> None: ...
    async def resume(self, since: int, epoch: str) -> None: ...
    async def renew(self, *, ticket: str | None, access: str | None) -> int: ...


class RoomRef(NamedTuple):
    """Which room it is, by its row and by its code."""

    id: str
    code: str


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sent a frame, from where, and what they may do right now."""

    room_id: str
    code: str
    user_id: str
    display_name: str
    is_guest: bool
    avatar: int
    picture: str | None
    role: str
    control: str
    rights: tuple[policy.Right, ...]
    sid: str
    tab: str
    conn_id: str
    link: Link
    # Who blocked them or is blocked by them: what one does to the other directly is refused.
    hidden: frozenset[str] = frozenset()
    # How many people may be in the room for this one to come in; None: there is always a seat.
    seats: int | None = None

    @property
    def capabilities(self) -> frozenset[str]:
        """What they may do at this very moment: a right ends by itself."""
        return policy.capabilities(self.role, self.control, self.rights, clock.server_ms())

    @property
    def room(self) -> RoomRef:
        return RoomRef(self.room_id, self.code)

    @property
    def person(self) -> dict[str, Any]:
        """The wire form of a person, as everywhere in the protocol."""
        return {
            "id": self.user_id,
            "display_name": self.display_name,
            "guest": self.is_guest,
            "avatar": self.avatar,
            "picture": self.picture,
        }

    async def send(self, event: ServerEvent | Mapping[str, Any]) -> None:
        """To this connection only."""
        await self.link.send(event)


@dataclass(frozen=True, slots=True)
class Route:
    """One kind of frame: its type, its handler and the limit that meters it."""

    frame: type[ClientFrame]
    method: str
    inline: bool
    limit: str | None


def handles(
    frame: type[ClientFrame], *, inline: bool = False, limit: str | None = None
) -> Callable[[F], F]:
    """Mark the method that handles `frame`.

    `inline` handlers are plain functions that answer at once, past lanes and limits (clock
    pings). `limit` names a row of settings.RATE_LIMITS; without it the prefix has one of its own,
    or the general `frame`.
    """

    def mark(method: F) -> F:
        method.route = Route(frame, method.__name__, inline, limit)  # type: ignore[attr-defined]
        return method

    return mark


def on_deadline(kind: str) -> Callable[[F], F]:
    """Mark the method that runs, at least once, when a deadline of `kind` is due: (code, token)."""

    def mark(method: F) -> F:
        method.deadline = kind  # type: ignore[attr-defined]
        return method

    return mark


class RoomEvents:
    """An app's part of the room socket. One instance serves every room: keep no state in it."""

    prefix: ClassVar[str]

    async def common(self, room: RoomRef) -> Mapping[str, Any]:
        """This app's keys of `room:snapshot` that are the same for everybody in the room, in every
        language: plain data or Structs. Read once for all who ask at the same time.
        """
        return {}

    async def personal(self, caller: Caller, common: Mapping[str, Any]) -> Mapping[str, Any]:
        """Its keys that are this person's alone. `common` is what all apps said of the room."""
        return {}

    async def joined(self, caller: Caller) -> None:
        """A person came into the room (their first connection)."""

    async def gone(self, caller: Caller) -> None:
        """One connection closed; the person may have others, or come back."""

    async def left(self, code: str, user_id: str) -> None:
        """A person is not in the room any more: their last lease ran out."""

    def routes(self) -> list[Route]:
        methods = [getattr(type(self), name) for name in dir(type(self))]
        return [method.route for method in methods if hasattr(method, "route")]

    def deadlines(self) -> dict[str, DeadlineHandler]:
        names = [name for name in dir(type(self)) if hasattr(getattr(type(self), name), "deadline")]
        return {getattr(self, name).deadline: getattr(self, name) for name in names}


@dataclass(frozen=True)
class Catalogue:
    """Everything a set of modules speaks: frames by type, deadlines by kind."""

    modules: tuple[RoomEvents, ...]

    def routes(self) -> dict[str, tuple[RoomEvents, Route]]:
        found: dict[str, tuple[RoomEvents, Route]] = {}
        for module in self.modules:
            for route in module.routes():
                kind = kind_of(route.frame)
                if kind in found:
                    raise ValueError(f"{kind} is handled twice")
                found[kind] = (module, route)
        return found

    def deadlines(self) -> dict[str, DeadlineHandler]:
        return {kind: run for module in self.modules for kind, run in module.deadlines().items()}

"""Presence as friends see it: offline, online or watching, and where, as far as each allows."""

import datetime
import logging
import uuid
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from channels.db import database_sync_to_async

from accounts import friend_access, me, presence_store
from accounts.models import PresenceShown, User
from accounts.presence_store import NOWHERE, RoomFacts, Told, arrive, depart, epoch, renew
from accounts.protocol import PresenceChanged
from syncwatch.lib.redis import RedisError

__all__ = [
    "NOTHING",
    "RoomFacts",
    "Seen",
    "arrive",
    "depart",
    "epoch",
    "register",
    "renew",
    "seen_by",
]
log = logging.getLogger(__name__)

Presence = Literal["offline", "online", "watching"]
Pairs = set[tuple[uuid.UUID, str]]
InRoom = Callable[[Collection[uuid.UUID], Collection[str]], Pairs]
_in_rooms: list[InRoom] = []


def register(in_rooms: InRoom) -> None:
    """Rooms answer which of these people belong to which of these rooms, as (person, code)."""
    _in_rooms.append(in_rooms)


@dataclass(frozen=True)
class Seen:
    """What one friend sees of another."""

    presence: Presence
    room: dict[str, Any] | None
    since: str | None

    def wire(self) -> dict[str, Any]:
        return {"presence": self.presence, "room": self.room, "since": self.since}


NOTHING = Seen("offline", None, None)


def seen(told: Told, shown: str, *, inside: bool) -> Seen:
    """The rule: as far as the person allows, and a room only to whom it is open. What is on in it
    only to its own people, and where anybody may walk in.
    """
    if shown == PresenceShown.NOBODY:
        return NOTHING
    since = _iso(told.since_ms)
    if not told.here:
        return Seen("offline", None, since)
    presence: Presence = "watching" if told.room and told.room.film else "online"
    if shown == PresenceShown.FRIENDS:
        return Seen("online", None, None)
    room = told.room
    if room is None or not (inside or room.open):
        return Seen(presence, None, since)
    title = room.title if inside or room.listed else None
    return Seen(presence, {"code": room.code, "name": room.name, "title": title}, since)


def _iso(ms: int | None) -> str | None:
    if ms is None:
        return None
    return datetime.datetime.fromtimestamp(ms / 1000, tz=datetime.UTC).isoformat()


def seen_by(viewer: User, people: Iterable[User]) -> dict[uuid.UUID, Seen]:
    """Each of these friends as `viewer` sees them. With Redis away nobody is there."""
    listed = list(people)
    told = _told([str(each.pk) for each in listed])
    inside = _inside({viewer.pk}, _rooms(told.values()))
    return {
        each.pk: seen(
            told[str(each.pk)],
            each.presence_shown,
            inside=_is_inside(viewer.pk, told[str(each.pk)], inside),
        )
        for each in listed
    }


def _told(user_ids: list[str]) -> dict[str, Told]:
    try:
        return presence_store.told_sync(user_ids)
    except RedisError as error:
        log.warning("presence not read: %s", error)
        return dict.fromkeys(user_ids, NOWHERE)


def _rooms(told: Iterable[Told]) -> set[str]:
    """Those that look otherwise from inside."""
    return {each.room.code for each in told if each.room and not each.room.listed}


def _inside(viewers: Collection[uuid.UUID], codes: Collection[str]) -> Pairs:
    return {pair for check in _in_rooms for pair in check(viewers, codes)} if codes else set()


def _is_inside(viewer: uuid.UUID, told: Told, inside: Pairs) -> bool:
    return told.room is not None and (viewer, told.room.code) in inside


async def room_known(facts: RoomFacts) -> None:
    """Write down what friends may be told of a room, before somebody arrives in it."""
    await presence_store.facts_put(facts)


def room_changed(facts: RoomFacts, user_ids: list[str]) -> None:
    """A room has another name, film or door; `user_ids` are in it."""
    presence_store.facts_put_sync(facts)
    presence_store.look_at_sync(user_ids)


def room_gone(code: str, user_ids: list[str]) -> None:
    presence_store.facts_drop_sync(code)
    presence_store.look_at_sync(user_ids)


async def settle() -> int:
    """Tell friends of everybody who is otherwise than was told; answers how many that were.

    Runs in every process, several times a second. What fails is tried again by the next.
    """
    changed = await presence_store.settle()
    try:
        news = await database_sync_to_async(_news)(changed) if changed else []
        await me.publish(news)
    except Exception:
        await presence_store.tell_again(list(changed))
        raise
    return len(changed)


def tell_friends(user: User) -> None:
    """A person lets friends see more or less from now on."""
    me.on_commit(lambda: _news(_told([str(user.pk)])))


def _news(changed: dict[str, Told]) -> list[me.News]:
    """One event for every friend of each of these people, who then sees what they may see."""
    people = User.objects.filter(pk__in=changed, is_guest=False)
    return [each for user in people for each in _news_of(user, changed[str(user.pk)])]


def _news_of(user: User, told: Told) -> list[me.News]:
    viewers = friend_access.friend_ids(user)
    inside = _inside(viewers, _rooms([told]))
    views = {
        is_inside: PresenceChanged(
            user_id=str(user.pk), **seen(told, user.presence_shown, inside=is_inside).wire()
        )
        for is_inside in (True, False)
    }
    return [(str(viewer), views[_is_inside(viewer, told, inside)]) for viewer in viewers]


def tell_viewer(viewer: User, present: Callable[[], Collection[str]]) -> None:
    """A person belongs to a room from now on, or no more: their friends of those who are `present`
    in it look otherwise to them.
    """
    me.on_commit(lambda: _news_to(viewer, present()))


def _news_to(viewer: User, user_ids: Collection[str]) -> list[me.News]:
    here = set(user_ids)
    known = [each for each in friend_access.friend_ids(viewer) if str(each) in here]
    seen = seen_by(viewer, User.objects.filter(pk__in=known))
    return [
        (str(viewer.pk), PresenceChanged(user_id=str(each), **one.wire()))
        for each, one in seen.items()
    ]

"""Who of the people in rooms is where, written down for their friends. Guests have none."""

from collections.abc import Collection, Iterable
from uuid import UUID

from channels.db import database_sync_to_async

from accounts import presence
from accounts.models import User
from accounts.presence import RoomFacts
from rooms import store
from rooms.gateway.events import Caller
from rooms.models import Membership, Room, Visibility


def facts(room: Room) -> RoomFacts:
    playing = room.now_playing or {}
    return RoomFacts(
        code=room.code,
        name=room.name,
        title=playing.get("title"),
        film=bool(playing),
        open=room.visibility != Visibility.PRIVATE,
        listed=room.visibility == Visibility.PUBLIC and not room.locked,
    )


@database_sync_to_async
def _facts_of(room_id: str) -> RoomFacts:
    return facts(Room.objects.get(pk=room_id))


async def arrive(caller: Caller) -> None:
    """One connection more in the room. The first to come writes down what the room is."""
    if caller.is_guest:
        return
    if not await presence.arrive(caller.user_id, caller.conn_id, caller.code):
        await presence.room_known(await _facts_of(caller.room_id))
        await presence.arrive(caller.user_id, caller.conn_id, caller.code)


async def anybody_in(code: str) -> bool:
    """Is anybody in the room at this moment?"""
    return (await store.people(code))[1] > 0


async def depart(caller: Caller) -> None:
    if not caller.is_guest:
        await presence.depart(caller.user_id, caller.conn_id, caller.code)


async def renew(callers: Iterable[Caller]) -> None:
    await presence.renew(
        [(each.user_id, each.conn_id, each.code) for each in callers if not each.is_guest]
    )


def tell_room(room: Room) -> None:
    """Its name, its film or its door changed; friends of those in it see that."""
    presence.room_changed(facts(room), list(store.present_sync(room.code)))


def tell_insider(user: User, code: str) -> None:
    """Somebody has a place in the room, or has none any more: they see it of friends in there."""
    if not user.is_guest:
        presence.tell_viewer(user, lambda: store.present_sync(code))


def forget_room(code: str) -> None:
    presence.room_gone(code, list(store.present_sync(code)))


def members_among(user_ids: Collection[UUID], codes: Collection[str]) -> set[tuple[UUID, str]]:
    """Which of these people belong to which of these rooms: friends may know of no other."""
    places = Membership.objects.filter(
        user_id__in=user_ids, room__code__in=codes, room__closed_at=None, ended_at=None
    )
    return set(places.values_list("user_id", "room__code"))

"""Writes of the room service: what keeps order in it without naming anybody."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from rooms import measures
from rooms.access import NO_ROOM
from rooms.deeds import Deed, done
from rooms.models import Membership, Room
from syncwatch.lib.errors import NotFound

# What of a room's settings moderators may change: the field, and the name of the deed.
SETTINGS = {
    "slow_mode_s": "slow_mode",
    "new_guest_delay_s": "new_guests",
    "locked_in": "locked_in",
}


def told(room: Room, by_id: str, changes: Mapping[str, Any]) -> None:
    """Say and write down what is about to change in `room`, in the caller's transaction."""
    changed = {
        name: changes[name]
        for name in SETTINGS
        if name in changes and changes[name] != getattr(room, name)
    }
    for name, value in changed.items():
        done(Deed(str(room.pk), SETTINGS[name], by_id, {"value": value}))
    if changed:
        measures.taken(room_id=room.pk, by=by_id, action="order", facts=changed)


@transaction.atomic
def filters_set(*, actor: Membership, filters: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept out of the chat. The room hears that it changed; what stands in it only
    moderators read.
    """
    room = Room.objects.select_for_update(no_key=True).get(pk=actor.room_id)
    if room.closed_at:
        raise NotFound(NO_ROOM)
    kept: dict[str, Any] = dict(room.filters)
    fresh = kept | dict(filters)
    if fresh != kept:
        room.filters = fresh
        room.save(update_fields=["filters"])
        facts = {"words": len(fresh["words"]), "links": fresh["links"], "action": fresh["action"]}
        measures.taken(room_id=room.pk, by=actor.user_id, action="filters", facts=facts)
        done(Deed(str(room.pk), "filters", str(actor.user_id), {}))
    return fresh

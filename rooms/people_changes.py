"""A person's name or picture changed: the rooms they are in right now hear it."""

import uuid
from typing import Any

from django.dispatch import receiver

from accounts.signals import person_changed
from rooms import store
from rooms.models import Membership
from rooms.selectors import member_wire
from rooms.services import member_told


@receiver(person_changed, dispatch_uid="rooms")
def tell_rooms(*, user_id: uuid.UUID, **_: Any) -> None:
    """Where they are not, the next one who looks reads it from the database."""
    places = Membership.objects.filter(user_id=user_id, ended_at=None, room__closed_at=None)
    known = {place.room.code: place for place in places.select_related("room", "user")}
    for code in store.among_sync(list(known), str(user_id)):
        place = known[code]
        member_told(code, member_wire(place, place.room, presence="online"))

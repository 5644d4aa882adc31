"""What the staff's lists of everything that belongs to a room share."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from accounts.desk import DeskAdmin
from accounts.desk.acts import staff
from accounts.desk.finding import of_people
from accounts.models import User
from rooms.models import Room
from syncwatch.lib.ids import ROOM_CODE_LENGTH, uuid_or_none


class OfRoom(DeskAdmin):
    """Something of a room and of a person: found by either."""

    people: tuple[str, ...] = ("user_id",)

    def untold(self, reader: User) -> Q:
        """What whoever looks is not told, as in the rooms: because it is about themselves."""
        return Q()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """A superuser has nobody above who could look in their place."""
        found: QuerySet[Any] = super().get_queryset(request)
        reader = staff(request)
        untold = self.untold(reader)
        return found if reader.is_superuser or not untold else found.exclude(untold)

    def looked_for(self, term: str) -> Q:
        if pk := uuid_or_none(term):
            return Q(room_id=pk) | of_people(term, *self.people)
        if len(term) == ROOM_CODE_LENGTH:
            room = Room.objects.filter(code=term.lower()).values_list("pk", flat=True).first()
            if room is not None:
                return Q(room_id=room)
        return of_people(term, *self.people)

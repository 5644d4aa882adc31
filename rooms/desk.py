"""What the staff's lists of everything that belongs to a room share."""

from django.db.models import Q

from accounts.desk import DeskAdmin
from accounts.desk.finding import of_people
from rooms.models import Room
from syncwatch.lib.ids import ROOM_CODE_LENGTH, uuid_or_none


class OfRoom(DeskAdmin):
    """Something of a room and of a person: found by either."""

    people: tuple[str, ...] = ("user_id",)

    def looked_for(self, term: str) -> Q:
        if pk := uuid_or_none(term):
            return Q(room_id=pk) | of_people(term, *self.people)
        if len(term) == ROOM_CODE_LENGTH:
            room = Room.objects.filter(code=term.lower()).values_list("pk", flat=True).first()
            if room is not None:
                return Q(room_id=room)
        return of_people(term, *self.people)

"""What staff do to an evening of a room that is not theirs, written down with its reason."""

from django.db import transaction

from accounts.models import User
from rooms import measures
from rooms.evenings import services
from rooms.evenings.models import Evening


@transaction.atomic
def evening_struck(*, evening: Evening, by: User, reason: str = "") -> bool:
    """Call it off; False where it was not to come any more. Everybody who was told of it hears so,
    and nobody's name: who asks is shown the log of the room's moderators.
    """
    if not services.evening_strike(evening=evening):
        return False
    measures.taken(
        room_id=evening.room_id, by=by.pk, action="evening", person=evening.planned_by_id,
        reason=reason, facts={"evening": str(evening.pk)}, subject=evening.pk,
    )  # fmt: skip
    return True

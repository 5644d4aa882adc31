"""What was said to a film, in the order of the film: for whoever watches it later."""

import math
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext

from chat.models import Kind, Message
from chat.selectors import with_parts
from rooms.models import Room
from syncwatch.lib.errors import Invalid

PAGE = 200


class Place(NamedTuple):
    """Where a page of moments ended: many messages may share one moment of a film that stands."""

    media_time_s: float
    rank: int

    def __str__(self) -> str:
        return f"{self.rank}:{self.media_time_s!r}"


def place_of(cursor: str) -> Place:
    """The place that `str(place)` wrote."""
    rank, _, media_time_s = cursor.partition(":")
    try:
        place = Place(float(media_time_s), int(rank))
    except ValueError:
        place = Place(math.nan, 0)
    if not (math.isfinite(place.media_time_s) and 0 <= place.rank < 2**63):
        words = gettext("This address is not one that a page before it gave.")
        raise Invalid(words, {"cursor": [words]})
    return place


def moments(
    room: Room, item_id: UUID, *, from_s: float | None, to_s: float | None, after: Place | None
) -> tuple[list[Message], Place | None]:
    """What people said between two moments of an item (`to_s` is not among them), in the order of
    the film, and where the next page begins.
    """
    said = Message.objects.filter(
        room=room, item_id=item_id, media_time_s__isnull=False, kind=Kind.TEXT,
        rank__isnull=False, deleted_at=None,
    )  # fmt: skip
    if from_s is not None:
        said = said.filter(media_time_s__gte=from_s)
    if to_s is not None:
        said = said.filter(media_time_s__lt=to_s)
    if after is not None:
        same = Q(media_time_s=after.media_time_s, rank__gt=after.rank)
        said = said.filter(Q(media_time_s__gt=after.media_time_s) | same)
    page = list(with_parts(said).order_by("media_time_s", "rank")[: PAGE + 1])
    if len(page) <= PAGE:
        return page, None
    last = page[PAGE - 1]
    return page[:PAGE], Place(last.media_time_s or 0.0, last.rank or 0)

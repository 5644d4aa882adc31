"""What was said to a film, in the order of the film: for whoever watches it later."""

import heapq
import math
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext

from accounts.models import User
from chat.models import Kind, Message
from chat.selectors import with_parts
from chat.unheard.selectors import written_unheard
from chat.unheard.weaving import in_order, moment_of, rank_like
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
    room: Room, item_id: UUID, *, from_s: float | None, to_s: float | None, after: Place | None,
    reader: User,
) -> tuple[list[Message], Place | None]:  # fmt: skip
    """What people said between two moments of an item (`to_s` is not among them), in the order of
    the film, as one person may read it; and where the next page begins.
    """
    said = Q(item_id=item_id, media_time_s__isnull=False, kind=Kind.TEXT)
    if from_s is not None:
        said &= Q(media_time_s__gte=from_s)
    if to_s is not None:
        said &= Q(media_time_s__lt=to_s)
    told = Message.objects.filter(said, room=room, rank__isnull=False, deleted_at=None)
    own = written_unheard(room, reader.pk).filter(said)
    if after is not None:
        told = told.filter(_behind(after, Q(rank__gt=after.rank)))
        own = own.filter(_behind(after, Q(created_at__gt=moment_of(after.rank))))
    both = heapq.merge(
        with_parts(told).order_by("media_time_s", "rank")[: PAGE + 1],
        with_parts(own).order_by("media_time_s", "created_at", "id")[: PAGE + 1],
        key=lambda one: (one.media_time_s, in_order(one)),
    )
    page = list(islice(both, PAGE + 1))
    if len(page) <= PAGE:
        return page, None
    last = page[PAGE - 1]
    return page[:PAGE], Place(last.media_time_s or 0.0, rank_like(last))


def _behind(place: Place, in_the_same_moment: Q) -> Q:
    same = Q(media_time_s=place.media_time_s) & in_the_same_moment
    return Q(media_time_s__gt=place.media_time_s) | same

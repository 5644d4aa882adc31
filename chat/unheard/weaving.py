"""One person's view of a chat: what the room was told, and between it what only they were told.

A message that was told stands where its rank says. One that was not has none; it stands at the
microsecond in which it was written, which is what ranks are made of.
"""

import datetime
import heapq
from collections.abc import Iterable
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from django.db.models import Q, QuerySet

from chat.models import Message
from chat.unheard.selectors import readable
from rooms.models import Room

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_MICROSECOND = datetime.timedelta(microseconds=1)
_LAST = (datetime.datetime.max.replace(tzinfo=datetime.UTC) - _EPOCH) // _MICROSECOND


def rank_like(message: Message) -> int:
    if message.rank is not None:
        return message.rank
    return (message.created_at - _EPOCH) // _MICROSECOND


def moment_of(rank: int) -> datetime.datetime:
    return _EPOCH + min(rank, _LAST) * _MICROSECOND


def in_order(message: Message) -> tuple[int, bool, UUID]:
    return rank_like(message), message.unheard, message.pk


class Edge(NamedTuple):
    """Where a page ends: told messages below a rank, a person's own that `own` describes."""

    rank: int
    own: Q


def edge_at(room: Room, message_id: UUID | str, reader: UUID) -> Edge | None:
    """Before a message that this person may know of, though it was taken back; None: it is not."""
    here = Message.objects.filter(readable(reader), room=room, id=message_id).first()
    if here is None:
        return None
    if here.rank is not None:
        return Edge(here.rank, Q(created_at__lt=moment_of(here.rank)))
    same = Q(created_at=here.created_at, id__lt=here.pk)
    return Edge(rank_like(here) + 1, Q(created_at__lt=here.created_at) | same)


def page_of(
    told: QuerySet[Message], own: QuerySet[Message], *, edge: Edge | None, limit: int
) -> tuple[list[Message], bool]:
    """The newest `limit` before an edge, the newest first, and whether there are more. Both lists
    come newest first.
    """
    if edge is not None:
        told, own = told.filter(rank__lt=edge.rank), own.filter(edge.own)
    both = heapq.merge(
        list(own[: limit + 1]), list(told[: limit + 1]), key=in_order, reverse=True
    )  # fmt: skip
    page = list(islice(both, limit + 1))
    return page[:limit], len(page) > limit


class _Line(msgspec.Struct):
    created_at: datetime.datetime


def woven(tail: bytes, own: Iterable[tuple[datetime.datetime, str]], *, most: int) -> msgspec.Raw:
    """The last messages of both: the room's, a JSON list, and a person's own, the oldest first.
    More would begin with one before which some are missing that no page of the history has.
    """
    lines: list[Any] = msgspec.json.decode(tail, type=list[msgspec.Raw])
    told = [(msgspec.json.decode(line, type=_Line).created_at, bytes(line)) for line in lines]
    mine = [(at, text.encode()) for at, text in own]
    both = list(heapq.merge(told, mine, key=lambda one: one[0]))
    return msgspec.Raw(b"[" + b",".join(text for _, text in both[-most:]) + b"]")

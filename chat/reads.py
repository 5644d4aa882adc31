"""How far people have read, on whichever device, and how much is new to them."""

from typing import Any
from uuid import UUID

from django.db.models import F, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from accounts import friend_access
from accounts.models import User
from chat.models import Kind, Message, ReadPosition
from rooms.models import Membership

UNREAD_TOLD = 99


class CountOf(Subquery):
    """How many rows a query answers, for each row around it."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def read_to(*, message: Message, user_id: str) -> None:
    """A person has read up to here. Earlier than they were already, it changes nothing. At a
    message without a rank of its own: up to what the room was told before it.
    """
    if message.rank is None:
        told = Message.objects.filter(room_id=message.room_id, rank__isnull=False)
        before = told.filter(created_at__lte=message.created_at).order_by("-rank").first()
        if before is None:
            return
        message = before
    where = {"room_id": message.room_id, "user_id": UUID(user_id)}
    here = {"message": message, "rank": message.rank}
    position, made = ReadPosition.objects.get_or_create(**where, defaults=here)
    if not made:
        ReadPosition.objects.filter(pk=position.pk, rank__lt=message.rank).update(**here)


def read_positions(asked: set[tuple[str, str]]) -> dict[tuple[str, str], dict[str, Any] | None]:
    """By (room id, user id): the message at which they stopped reading, and when it was said; it
    may be gone.
    """
    found: dict[tuple[str, str], dict[str, Any] | None] = dict.fromkeys(asked)
    rows = ReadPosition.objects.filter(
        room_id__in={room_id for room_id, _ in asked}, user_id__in={user for _, user in asked}
    ).filter(message__isnull=False)
    fields = ("room_id", "user_id", "message_id", "message__created_at")
    for room_id, user_id, message_id, said_at in rows.values_list(*fields):
        if (key := (str(room_id), str(user_id))) in found:
            found[key] = {"id": str(message_id), "at": said_at.isoformat()}
    return found


def unread_of(user: User) -> list[dict[str, Any]]:
    """For each of a person's open rooms: how many messages of others came after what they read, or
    after they came in. Counted up to a hundred: more is not told. What a block hides is not new.
    """
    hidden = friend_access.hidden_from({user.pk})[user.pk]
    reads = ReadPosition.objects.filter(room=OuterRef("room"), user=user)
    places = Membership.objects.filter(user=user, ended_at=None, room__closed_at=None)
    fresh = (
        Message.objects.filter(
            room=OuterRef("room"), rank__gt=OuterRef("read"), created_at__gt=OuterRef("joined_at"),
            kind=Kind.TEXT, deleted_at=None,
        )
        .exclude(author__in={user.pk, *hidden})
        .order_by()
        .values("pk")[: UNREAD_TOLD + 1]
    )  # fmt: skip
    rows = (
        places.annotate(read=Coalesce(Subquery(reads.values("rank")[:1]), Value(0)))
        .annotate(unread=CountOf(fresh))
        .filter(unread__gt=0)
        .order_by("joined_at")
        .values_list(F("room__code"), F("unread"))
    )
    return [{"code": code, "unread": min(unread, UNREAD_TOLD)} for code, unread in rows]

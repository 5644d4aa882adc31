"""Who writes unheard, and which messages are whose alone."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from chat.models import Message
from chat.reads import CountOf
from chat.unheard.models import ShadowMute
from rooms.models import Room
from syncwatch.lib import clock


def holding() -> QuerySet[ShadowMute]:
    """Those that count right now."""
    return ShadowMute.objects.filter(Q(until=None) | Q(until__gt=clock.now()))


def shadow_muted() -> Exists:
    """Of a membership: whether what its person writes is unheard, folded into the read of it."""
    return Exists(holding().filter(room=OuterRef("room"), user=OuterRef("user")))


def shadow_muted_among(asked: set[tuple[str, str]]) -> dict[tuple[str, str], bool]:
    """By (room id, user id)."""
    found = holding().filter(
        room_id__in={room_id for room_id, _ in asked}, user_id__in={user for _, user in asked}
    )
    muted = {(str(room), str(user)) for room, user in found.values_list("room_id", "user_id")}
    return {each: each in muted for each in asked}


def readable(reader: UUID | str | None, within: str = "") -> Q:
    """What was told to the room, and what this person alone was told. `within`: the way from what
    is asked for to its message.
    """
    told = Q(**{f"{within}rank__isnull": False})
    if reader is None:
        return told
    return told | Q(**{f"{within}unheard": True, f"{within}author_id": reader})


def written_unheard(room: Room | UUID | str, by: UUID) -> QuerySet[Message]:
    """What somebody wrote that nobody else got, the newest first."""
    room_id = room.pk if isinstance(room, Room) else room
    theirs = Message.objects.filter(room_id=room_id, author_id=by, unheard=True, deleted_at=None)
    return theirs.order_by("-created_at", "-id")


def with_unheard(asked: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of (room id, user id) of whom anything is unheard."""
    rows = Message.objects.filter(
        unheard=True, deleted_at=None,
        room_id__in={room_id for room_id, _ in asked}, author_id__in={user for _, user in asked},
    ).order_by()  # fmt: skip
    pairs = rows.values_list("room_id", "author_id").distinct()
    return {(str(room_id), str(user_id)) for room_id, user_id in pairs} & asked


def shadow_mutes_of(room: Room, *, reader: User) -> QuerySet[ShadowMute]:
    """Who is shadow-muted right now, as this moderator may know: not that they are themselves."""
    mutes = holding().filter(room=room).exclude(user=reader).select_related("user", "by")
    theirs = Message.objects.filter(
        room=OuterRef("room"), author=OuterRef("user"), unheard=True, deleted_at=None
    )
    return mutes.annotate(count=CountOf(theirs.order_by().values("pk")))


def unheard_in(room: Room, *, reader: User) -> QuerySet[Message]:
    """What was written unheard in a room, without the moderator's own."""
    messages = Message.objects.filter(room=room, unheard=True, deleted_at=None)
    return messages.exclude(author=reader)

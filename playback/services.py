"""Writes of the queue. Every change raises the queue's version and tells the room on commit."""

import secrets
from typing import Any, Self
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from accounts.models import User
from playback import protocol, queue_store, rules
from playback.access import item_in
from playback.addresses import AddressRefusedError, outside_address
from playback.models import TITLE_MAX, QueueItem, QueueVote, RoomPlayback, Source
from playback.queue_store import Listed
from playback.selectors import ITEMS_SHOWN, queue_of, queue_shown
from rooms.deeds import Deed, done
from rooms.gateway.wire import body_of
from rooms.live import on_commit
from rooms.models import Room
from syncwatch.lib.errors import Conflict, Invalid, register
from syncwatch.lib.ids import uuid_or_none
from syncwatch.lib.text import clean_line
from videos.access import video_for
from videos.models import Video

QUEUE_MAX = 1000
QUEUE_FULL = register(
    "queue_full", status=409, when=f"The list of the room has {QUEUE_MAX} films.",
    recover="Remove some first.",
)  # fmt: skip


def _lock(room: Room) -> RoomPlayback:
    """One change of a room's queue at a time."""
    RoomPlayback.objects.get_or_create(room=room)
    return RoomPlayback.objects.select_for_update().get(room=room)


def _changed(
    room: Room, playback: RoomPlayback, *, by: User | None, action: Any, title: str
) -> None:
    """Raise the version; tell the room the list as it is in this very transaction."""
    playback.queue_version += 1
    playback.save(update_fields=["queue_version"])
    items = queue_shown(room)
    count = len(items) if len(items) < ITEMS_SHOWN else queue_of(room).count()
    event = protocol.QueueUpdated(
        items=items, count=count, by=str(by.pk) if by else None, action=action, title=title
    )
    listed = Listed(playback.queue_version, msgspec.json.encode(items).decode())
    on_commit(lambda: _tell(room.code, listed, event))


def _tell(code: str, listed: Listed, event: protocol.QueueUpdated) -> None:
    queue_store.tell(code, listed, body_of(event))


def _outside(url: str, title: str) -> dict[str, Any]:
    if not settings.EXTERNAL_SOURCES:
        raise Invalid(gettext("This server plays only films that were uploaded to it."))
    try:
        address = outside_address(url)
    except AddressRefusedError as error:
        raise Invalid(str(error), {"url": [str(error)]}) from error
    return {
        "source": address.source,
        "url": address.url,
        "title": title or address.title[:TITLE_MAX],
    }


def _film(by: User, video_id: str, title: str) -> dict[str, Any]:
    video = video_for(by, video_id)
    return {"source": Source.VIDEO, "video": video, "title": title or video.title}


@transaction.atomic
def item_add(
    *, room: Room, by: User, video_id: str = "", url: str = "", title: str = "", before: str = ""
) -> QueueItem:
    """Put one of one's own films, or an address outside, on the list: last, or before another."""
    if bool(video_id) == bool(url):
        raise Invalid(gettext("Name a film of yours by `video_id`, or an address by `url`."))
    title = clean_line(title, TITLE_MAX, what="title") if title else ""
    what = _film(by, video_id, title) if video_id else _outside(url, title)
    playback = _lock(room)
    _require_space(room)
    rank = _rank_before(room, before, moving="")
    item = QueueItem.objects.create(room=room, added_by=by, rank=rank, **what)
    _changed(room, playback, by=by, action="added", title=item.title)
    done(Deed(str(room.pk), "added", str(by.pk), {"title": item.title}))
    return item_in(room, item.id)


def _require_space(room: Room) -> None:
    if room.queue_items.count() >= QUEUE_MAX:
        raise Conflict(
            QUEUE_FULL,
            gettext("The list is full: {count} films. Remove some first.").format(count=QUEUE_MAX),
        )


def _rank_before(room: Room, before: str, *, moving: str) -> int:
    """A rank in front of `before` ('' : at the end), numbering the list anew where it must."""
    others = [item for item in room.queue_items.order_by("rank", "id") if str(item.id) != moving]
    place = len(others)
    if before:
        target = item_in(room, before)
        place = next((at for at, item in enumerate(others) if item.id == target.id), place)
    ranks = [item.rank for item in others]
    rank = _rank_at(ranks, place)
    if rank is not None:
        return rank
    for item, fresh in zip(others, rules.ranks(len(others)), strict=True):
        item.rank = fresh
    QueueItem.objects.bulk_update(others, ["rank"])
    return rules.RANK_GAP * place - rules.RANK_GAP // 2


def _rank_at(ranks: list[int], place: int) -> int | None:
    before = ranks[place - 1] if place > 0 else None
    return rules.rank_between(before, ranks[place] if place < len(ranks) else None)


@transaction.atomic
def item_move(*, room: Room, by: User, item_id: str, before: str | None) -> QueueItem:
    """Move an item in front of another one; None: to the end."""
    item = item_in(room, item_id)
    if before and item_in(room, before).id == item.id:
        return item
    playback = _lock(room)
    item.rank = _rank_before(room, before or "", moving=str(item.id))
    item.save(update_fields=["rank"])
    _changed(room, playback, by=by, action="moved", title=item.title)
    return item


@transaction.atomic
def queue_reorder(*, room: Room, by: User, item_ids: list[str]) -> None:
    """Bring the list into this order. Whoever sends it may not know the latest list: ids that are
    gone are passed over, items that are not named follow in the order they have.
    """
    playback = _lock(room)
    items = list(room.queue_items.order_by("rank", "id"))
    places = {item_id: place for place, item_id in enumerate(item_ids)}
    wanted = sorted(items, key=lambda item: places.get(str(item.id), len(places)))
    if wanted != items:
        _number(room, playback, by=by, wanted=wanted)


@transaction.atomic
def queue_shuffle(*, room: Room, by: User, after: str | None) -> None:
    """Let chance order what comes after an item (None: all of the list)."""
    playback = _lock(room)
    items = list(room.queue_items.order_by("rank", "id"))
    ids = [str(item.id) for item in items]
    first = ids.index(after) + 1 if after in ids else 0
    coming = rules.shuffled(items[first:], secrets.randbelow)
    if len(coming) > 1:
        _number(room, playback, by=by, wanted=[*items[:first], *coming])


def _number(room: Room, playback: RoomPlayback, *, by: User, wanted: list[QueueItem]) -> None:
    for item, rank in zip(wanted, rules.ranks(len(wanted)), strict=True):
        item.rank = rank
    QueueItem.objects.bulk_update(wanted, ["rank"])
    _changed(room, playback, by=by, action="moved", title="")


@transaction.atomic
def item_rename(*, room: Room, by: User, item_id: str, title: str) -> QueueItem:
    item = item_in(room, item_id)
    playback = _lock(room)
    item.title = clean_line(title, TITLE_MAX, what="title")
    item.save(update_fields=["title"])
    _changed(room, playback, by=by, action="changed", title=item.title)
    return item


@transaction.atomic
def item_remove(*, room: Room, by: User | None, item: QueueItem) -> None:
    """Take an item off the list. What plays right now is the timeline's business."""
    playback = _lock(room)
    parted = _Parted.of(item)
    deleted, _ = QueueItem.objects.filter(pk=item.pk).delete()
    if not deleted:
        return
    if by:
        on_commit(lambda: queue_store.part(room.code, parted.id, msgspec.json.encode(parted)))
    _changed(room, playback, by=by, action="removed", title=item.title)


class _Parted(msgspec.Struct):
    """An item that was taken off, with all it takes to put it back."""

    id: str
    source: str
    video_id: str | None
    url: str
    title: str
    duration_s: float | None
    added_by_id: str | None
    rank: int
    votes: list[str]

    @classmethod
    def of(cls, item: QueueItem) -> Self:
        return cls(
            str(item.pk), item.source, _id(item.video_id), item.url, item.title, item.duration_s,
            _id(item.added_by_id), item.rank,
            [str(user) for user in item.votes.values_list("user_id", flat=True)],
        )  # fmt: skip


def _id(found: UUID | None) -> str | None:
    return str(found) if found else None


@transaction.atomic
def item_restore(*, room: Room, by: User, item_id: str) -> QueueItem:
    """Take a removal back: the item stands where it stood. Where it was never gone, it stays."""
    playback = _lock(room)
    found = uuid_or_none(item_id)
    if found and not room.queue_items.filter(pk=found).exists():
        _put_back(room, queue_store.parted(room.code, str(found)))
        item = item_in(room, found)
        _changed(room, playback, by=by, action="added", title=item.title)
    return item_in(room, item_id)


def _put_back(room: Room, kept: bytes | str | None) -> None:
    """Nothing where its film, or what is known of it, is gone."""
    parted = msgspec.json.decode(kept, type=_Parted) if kept else None
    if not parted or (parted.video_id and not Video.objects.filter(pk=parted.video_id).exists()):
        return
    _require_space(room)
    fields = msgspec.structs.asdict(parted)
    votes = fields.pop("votes")
    item = QueueItem.objects.create(room=room, **fields)
    people = User.objects.filter(pk__in=votes)
    QueueVote.objects.bulk_create(QueueVote(item=item, user=user) for user in people)


@transaction.atomic
def item_length(*, room: Room, item_id: str, duration_s: float) -> QueueItem:
    """How long a film elsewhere is; the first word counts."""
    playback = _lock(room)
    item = item_in(room, item_id)
    if item.video_id is None and item.duration_s is None:
        item.duration_s = duration_s
        item.save(update_fields=["duration_s"])
        _changed(room, playback, by=None, action="changed", title=item.title)
    return item


@transaction.atomic
def wishes_granted(*, room: Room, item_id: str) -> None:
    """The film is on: nobody need wish for it any more."""
    wishes = QueueVote.objects.filter(item__room=room, item=uuid_or_none(item_id))
    if not wishes.exists():
        return
    playback = _lock(room)
    wishes.delete()
    title = item_in(room, item_id).title
    _changed(room, playback, by=None, action="voted", title=title)


@transaction.atomic
def item_vote(*, room: Room, by: User, item_id: str, on: bool) -> QueueItem:
    """Wish for an item, once a person; or take the wish back."""
    item = item_in(room, item_id)
    playback = _lock(room)
    if on:
        _, changed = QueueVote.objects.get_or_create(item=item, user=by)
    else:
        changed = QueueVote.objects.filter(item=item, user=by).delete()[0] > 0
    if changed:
        _changed(room, playback, by=by, action="voted", title=item.title)
    return item_in(room, item_id)

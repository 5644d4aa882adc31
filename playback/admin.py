"""Queues for staff."""

from django.contrib import admin
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy

from accounts.desk import Lead, lead, powers
from playback.models import QueueItem, QueueVote
from rooms.desk import OfRoom
from rooms.models import Room

powers.register("playback", "view_queueitem")


@admin.register(QueueItem)
class QueueItemAdmin(OfRoom):
    """To read only: the room would not hear of a change; the host makes it in the room."""

    called = (gettext_lazy("queue item"), gettext_lazy("queue items"))
    list_display = ["title", "room", "source", "added_by", "vote_count", "created_at"]
    list_filter = ["source", "created_at"]
    list_select_related = ["room", "added_by"]
    search_fields = ["title", "room__code", "added_by__username"]
    people = ("added_by_id",)

    def looked_for(self, term: str) -> Q:
        return super().looked_for(term) | Q(title__icontains=term)

    def learn(self, rows: list[QueueItem]) -> None:
        held = QueueVote.objects.filter(item__in=rows).order_by().values_list("item_id")
        votes = dict(held.annotate(Count("id")))
        for row in rows:
            row.votes_counted = votes.get(row.pk, 0)  # type: ignore[attr-defined]

    @admin.display(description=gettext_lazy("votes"))
    def vote_count(self, item: QueueItem) -> int:
        return item.votes_counted  # type: ignore[attr-defined]  # learnt above


lead(Room, Lead(gettext_lazy("Queue"), QueueItem, "room__id__exact"))

"""What operators must know of the chat: where somebody talks, and what goes with a person."""

import datetime
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from accounts.models import User
from chat.models import Message


def rooms_alive(since: datetime.datetime) -> Iterable[UUID]:
    said = Message.objects.filter(created_at__gte=since)
    return said.order_by().values_list("room_id", flat=True).distinct()


def needed(since: datetime.datetime) -> Iterable[UUID]:
    """Whoever said or did something."""
    said = Message.objects.filter(created_at__gte=since, author__isnull=False)
    for author_id in said.order_by().values_list("author_id", flat=True).distinct():
        if author_id is not None:
            yield author_id


def belongings(user: User) -> list[str]:
    theirs = Message.objects.filter(Q(author=user) | Q(deed__user_id=str(user.pk)))
    count = theirs.count()
    return [f"{count} {'line' if count == 1 else 'lines'} of chat"] if count else []

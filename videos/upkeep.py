"""What operators must know of films before somebody is erased."""

import datetime
from collections.abc import Iterable
from uuid import UUID

from accounts.models import User
from syncwatch.lib.operators import size_words
from videos.models import Upload, Video


def needed(since: datetime.datetime) -> Iterable[UUID]:
    """Whoever uploaded something lately, or is at it."""
    yield from Video.objects.filter(created_at__gte=since).values_list("owner_id", flat=True)
    yield from Upload.objects.filter(finished_at=None).values_list("owner_id", flat=True)


def belongings(user: User) -> list[str]:
    films = Video.objects.filter(owner=user)
    return [f"film {film.pk} “{film.title}”, {size_words(film.bytes)}" for film in films]

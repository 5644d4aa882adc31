"""Who works on which film: claims, leases, giving up. Every write of a worker is fenced here.

A claim is one conditional UPDATE, so a message delivered twice does nothing. The lease is short
and renewed while the work goes on; `sweep` finds the films whose worker is gone.
"""

import datetime
import logging
import os
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db import close_old_connections, transaction
from django.db.models import F, Q, QuerySet
from django.db.utils import InterfaceError, OperationalError

from syncwatch.lib import clock, redis
from videos import announcements, store
from videos.models import WORK_STATES, State, TrackState, Video
from videos.rules import admission
from videos.rules.admission import Refusal

T = TypeVar("T")
log = logging.getLogger(__name__)

LEASE_S = 20
RENEW_EVERY_MS = 5_000
MOST_TRIES = 3
HINT_AGAIN_S = 120  # for films nobody took, should the broker have lost its data
AWAY = (OperationalError, InterfaceError)
DATABASE_PATIENCE_MS = 300_000  # a database may be starting anew, or another taking its place
PAUSE_S = 2.0


class LeaseLost(Exception):
    """The film was deleted, or another worker has it: stop, write nothing more."""


def steadily(act: Callable[[], T]) -> T:
    """Try again while the database is away; `act` has to be harmless twice. Whatever time that
    takes: nobody else could claim the film meanwhile, and if somebody did we hear of it.
    """
    began_ms = clock.monotonic_ms()
    while True:
        try:
            return act()
        except AWAY as error:
            waited_ms = clock.monotonic_ms() - began_ms
            log.warning("the database is away since %d s: %s", waited_ms / 1000, error)
            if waited_ms > DATABASE_PATIENCE_MS:
                raise LeaseLost from error
            close_old_connections()  # within a task Django would keep the dead one
            time.sleep(PAUSE_S)


@dataclass
class Lease:
    """The right to work on one film, for now."""

    video_id: UUID
    attempt: int
    worker: str
    renewed_ms: float

    def renew(self) -> None:
        """Prolong; call it as often as you like. Raises LeaseLost when it is no longer ours."""
        if clock.monotonic_ms() - self.renewed_ms >= RENEW_EVERY_MS:
            self.confirm()

    def confirm(self) -> None:
        """Prolong at once: before a write that may not undo a successor's."""
        steadily(lambda: self.write(lease_until=_lease_end()))
        self.renewed_ms = clock.monotonic_ms()

    def update(self, **changes: object) -> None:
        """Write to the film's row, if it is still ours; waits for a database that is away."""
        steadily(lambda: self.write(**changes))

    def write(self, **changes: object) -> None:
        """As `update`, but in a transaction one may not wait."""
        ours = Video.objects.filter(
            pk=self.video_id, attempt=self.attempt, worker=self.worker, deleted_at=None
        )
        if not ours.update(**changes):
            raise LeaseLost

    def progressed(self, **changes: object) -> None:
        """As `update`, and the film has not been tried in vain."""
        self.update(tries=0, **changes)


def _lease_end() -> datetime.datetime:
    return clock.now() + datetime.timedelta(seconds=LEASE_S)


def _free() -> Q:
    return Q(lease_until=None) | Q(lease_until__lt=clock.now())


def _waiting() -> QuerySet[Video]:
    return Video.objects.filter(_free(), state__in=WORK_STATES, deleted_at=None)


def worker_name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"[:100]


def claim(video_id: UUID | str) -> Lease | None:
    """Take a film, or None where there is nothing to do. After three vain tries it fails."""
    worker = worker_name()
    taken = _waiting().filter(pk=video_id).update(
        worker=worker, lease_until=_lease_end(), attempt=F("attempt") + 1, tries=F("tries") + 1
    )  # fmt: skip
    if not taken:
        return None
    video = Video.objects.get(pk=video_id)
    lease = Lease(video.pk, video.attempt, worker, clock.monotonic_ms())
    if video.tries > MOST_TRIES:
        fail(lease, admission.LOST)
        return None
    return lease


def first_in_line() -> UUID | None:
    """The film that has waited longest to be watchable at all."""
    waiting = _waiting().filter(playable=False).order_by("id")
    return waiting.values_list("pk", flat=True).first()


def _rest_begun() -> Q:
    """Something of its other qualities is there, but not all."""
    return Q(playable=True, renditions__first=False, renditions__state=TrackState.PROCESSING)


def rest_in_line(video_id: UUID) -> UUID | None:
    """The film that was laid down amid its other qualities and goes before those of this one;
    films that were both begun never lay each other down.
    """
    begun = Video.objects.filter(_rest_begun())
    if begun.filter(pk=video_id).exists():
        return None
    return _waiting().filter(_rest_begun()).order_by("id").values_list("pk", flat=True).first()


def newest_at_rest() -> UUID | None:
    """Of the films whose other qualities are being made, the one that gives way to others."""
    at_work = Video.objects.filter(_rest_begun(), lease_until__gte=clock.now())
    return at_work.order_by("-id").values_list("pk", flat=True).first()


def release(lease: Lease) -> None:
    """Lay the work down for whoever comes next."""
    lease.update(lease_until=None, worker="")


def give_way(lease: Lease) -> None:
    """Lay it down in good order for another film: this was no try in vain."""
    lease.progressed(lease_until=None, worker="")


def give_up(lease: Lease, refusal: Refusal) -> None:
    """This try has failed. Invalid data fails for good; anything else is tried three times."""
    mine = Video.objects.filter(pk=lease.video_id).values_list("tries", flat=True)
    tries = steadily(mine.first)
    if tries is None:
        raise LeaseLost
    if not refusal.retryable or tries >= MOST_TRIES:
        fail(lease, refusal)
        return
    log.warning("video %s: try %d: %s", lease.video_id, tries, refusal.message)
    release(lease)


def fail(lease: Lease, refusal: Refusal) -> None:
    """The end of the work. What can be watched to its end already stays watchable."""
    steadily(lambda: _fail(lease, refusal))
    forget_live(lease.video_id)
    announcements.announce(lease.video_id)


def _fail(lease: Lease, refusal: Refusal) -> None:
    video = Video.objects.get(pk=lease.video_id)
    whole = video.playable and video.renditions.filter(first=True, state=TrackState.READY).exists()
    with transaction.atomic():
        lease.write(
            state=State.READY if whole else State.FAILED,
            playable=whole,
            error_code=refusal.code,
            error_message=refusal.message,
            retryable=refusal.retryable,
            worker="",
            lease_until=None,
        )
        unfinished = video.renditions.exclude(state=TrackState.READY)
        unfinished.update(state=TrackState.FAILED)


def forget_live(video_id: UUID) -> None:
    try:
        store.live_drop(video_id)
    except redis.RedisError:
        log.warning("video %s: its live numbers stay a minute longer", video_id)


def overdue() -> list[UUID]:
    """Films whose worker is gone, and those that nobody was told about lately."""
    long_ago = clock.now() - datetime.timedelta(seconds=HINT_AGAIN_S)
    untold = Q(hinted_at=None) | Q(hinted_at__lt=long_ago)
    lost = _waiting().filter(Q(lease_until__lt=clock.now()) | untold)
    return list(lost.values_list("pk", flat=True))


def hinted(video_id: UUID | str) -> None:
    Video.objects.filter(pk=video_id).update(hinted_at=clock.now())


def hint_expired(video_id: UUID) -> None:
    """Before telling a worker again: an expired lease is cleared, so it is told only once."""
    _waiting().filter(pk=video_id).update(lease_until=None, hinted_at=clock.now())

"""One call of a worker: claim a film, bring it as far as possible, lay it down in order."""

import logging
from uuid import UUID

from videos import hints, jobs
from videos.encoder.probe import Refused
from videos.jobs import Lease, LeaseLost
from videos.pipeline.stages import Making
from videos.pipeline.turns import GiveWay
from videos.pipeline.workshop import EncodeFailed, workshop
from videos.rules import admission
from videos.storage import NO_SPACE, MissingError, StorageError, store

log = logging.getLogger(__name__)


def work_on(video_id: UUID | str) -> bool:
    """Do the work on a film; False when there was nothing to do or it is not finished.

    1. Claim it; a film that is taken, done or deleted is left alone.
    2. Make it playable, then pleasant.
    3. The rest, but where another film waits to be playable at all, lay this one down.
    """
    lease = jobs.claim(video_id)
    if lease is None:
        return False
    try:
        return _work(lease)
    except LeaseLost:
        log.info("video %s: taken away", lease.video_id)
    except MissingError:
        _put_down(lease, admission.GONE)
    except (Refused, EncodeFailed, StorageError) as error:
        _put_down(lease, error.refusal)
    except jobs.AWAY:  # in the short moments when nothing runs that could be waited with
        log.warning("video %s: the database was away", lease.video_id, exc_info=True)
        _put_down(lease, admission.LOST)
    except OSError as error:  # the working folder's disk
        log.warning("video %s: the working folder failed", lease.video_id, exc_info=True)
        _put_down(lease, admission.DISK_FULL if error.errno in NO_SPACE else admission.ENCODER)
    return False


def _put_down(lease: Lease, refusal: admission.Refusal) -> None:
    try:
        jobs.give_up(lease, refusal)
    except LeaseLost:
        log.info("video %s: taken away", lease.video_id)


def _work(lease: Lease) -> bool:
    with workshop(lease, store()) as shop:
        making = Making(shop)
        making.prepare()
        making.first()
        making.extras()
        if making.has_rest() and _another_first(lease):
            jobs.give_way(lease)
            return False
        try:
            making.rest()
        except GiveWay:
            jobs.give_way(lease)
            return False
        making.finish()
        return True


def _another_first(lease: Lease) -> bool:
    """A film that nobody can watch yet, or one that was laid down for this one."""
    if jobs.first_in_line() is not None:
        return True
    begun = jobs.rest_in_line(lease.video_id)
    if begun is not None:
        hints.hint_transcode(begun)  # or this one would be laid down again and again
    return begun is not None

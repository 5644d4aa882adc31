"""Ending addresses before their time: by session, by film, or by a place of the floors above."""

import logging
import uuid
from collections import OrderedDict
from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext

from accounts.signals import session_revoked
from syncwatch.lib import clock, redis
from videos import store
from videos.delivery.addresses import film_scope, session_scope
from videos.delivery.tokens import Token, denied
from videos.signals import video_deleted

log = logging.getLogger(__name__)

LOOK_AGAIN_MS = 3_000  # how long a process may not know of a revocation
KNOWN_MAX = 20_000

# scopes → (when they were last revoked, when that was read)
_known: OrderedDict[tuple[str, ...], tuple[int, float]] = OrderedDict()


def end(scope: str) -> None:
    """Void every address that was signed for this scope up to now.

    With Redis away nothing is ended before its time; whoever calls has made a change that stands.
    """
    try:
        store.revoke(scope)
    except redis.RedisError as error:
        log.warning("addresses of %s live until they expire: %s", scope, error)


async def require_valid(token: Token, video_id: str) -> None:
    """Raise Forbidden for addresses that were ended."""
    revoked_ms = await _revoked_ms((*token.scopes, film_scope(video_id)))
    if token.signed_ms <= revoked_ms:
        raise denied(gettext("This address was ended."))


async def _revoked_ms(scopes: tuple[str, ...]) -> int:
    """As Redis says, or said moments ago. While it is away its last word stands: a film goes on."""
    known_ms, read_ms = _known.get(scopes, (0, None))
    if read_ms is not None and 0 <= clock.monotonic_ms() - read_ms < LOOK_AGAIN_MS:
        return known_ms
    try:
        known_ms = await store.revoked_at_ms(list(scopes))
    except redis.RedisError as error:
        log.warning("revoked addresses not looked up: %s", error)
    _known[scopes] = (known_ms, clock.monotonic_ms())
    _known.move_to_end(scopes)
    if len(_known) > KNOWN_MAX:
        _known.popitem(last=False)
    return known_ms


@receiver(session_revoked, dispatch_uid="videos.delivery")
def end_session(*, sid: uuid.UUID, **_: Any) -> None:
    end(session_scope(sid))


@receiver(video_deleted, dispatch_uid="videos.delivery")
def end_film(*, video_id: str, **_: Any) -> None:
    end(film_scope(video_id))

"""News from rooms, in whatever process they are told."""

import logging
from typing import Any

from django.dispatch import receiver

from rooms.signals import member_changed, member_removed
from syncwatch.lib.redis import RedisError
from voice import store

log = logging.getLogger(__name__)


@receiver(member_removed, dispatch_uid="voice")
def end_member(*, room_code: str, user_id: str, reason: str, **_: Any) -> None:
    """Who has no place in the room has none in its call. Redis away: the sweep finds them."""
    try:
        store.remove_sync(room_code, user_id=user_id, reason=reason)
    except RedisError as error:
        log.warning("room %s: %s stays in the call until the sweep: %s", room_code, user_id, error)


@receiver(member_changed, dispatch_uid="voice")
def end_silenced(*, room_code: str, user_id: str, capabilities: list[str], **_: Any) -> None:
    """Who may not talk any more is out of the call at once."""
    if "voice" not in capabilities:
        end_member(room_code=room_code, user_id=user_id, reason="removed")

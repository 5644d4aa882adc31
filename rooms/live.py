"""Telling open sockets, from wherever a change was made."""

import logging
from collections.abc import Callable

from django.db import transaction

from rooms.gateway.script import group
from syncwatch.lib import bus
from syncwatch.lib.redis import RedisError

log = logging.getLogger(__name__)


def on_commit(publish: Callable[[], None]) -> None:
    """Run `publish` once the change is safely written.

    With Redis away the change still stands: every process reads the rights of its sockets again
    when Redis is back, and twice a minute in any case.
    """

    def run() -> None:
        try:
            publish()
        except RedisError as error:
            log.warning("a change was not announced: %s", error)

    transaction.on_commit(run)


def tell_refresh(code: str, user_id: str = "") -> None:
    """Sockets read rights and membership again: of one person, or of everybody in the room."""
    bus.publish_sync(group(code), {"type": "room.refresh", "room": code, "user": user_id})

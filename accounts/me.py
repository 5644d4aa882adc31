"""Telling a person something on every page they have open: their small socket, /ws/me/."""

import asyncio
import functools
import logging
from collections.abc import Callable, Iterable

import msgspec
from django.db import transaction

from accounts.protocol import MeEvent
from syncwatch.lib import bus
from syncwatch.lib.redis import RedisError

log = logging.getLogger(__name__)

News = tuple[str, MeEvent]
"""Whom it is for, and what."""


def group(user_id: str) -> str:
    """The person's channel layer group."""
    return f"me.{user_id}"


def message(event: MeEvent, user_id: str) -> dict[str, str]:
    text = msgspec.json.encode(event).decode()
    return {"type": "me.event", "user": user_id, "text": text}


def tell(user_id: object, event: MeEvent) -> None:
    """Once the change is safely written."""
    on_commit(lambda: [(str(user_id), event)])


def on_commit(news: Callable[[], Iterable[News]]) -> None:
    """As `tell`, for what can only be said of the state after the change."""
    transaction.on_commit(functools.partial(_publish_sync, news))


def _publish_sync(news: Callable[[], Iterable[News]]) -> None:
    """Redis away is no reason to fail: whoever comes back gets a fresh snapshot."""
    try:
        for user_id, event in news():
            bus.publish_sync(group(user_id), message(event, user_id))
    except RedisError as error:
        log.warning("not told: %s", error)


async def publish(news: Iterable[News]) -> None:
    await asyncio.gather(*(bus.publish(group(to), message(event, to)) for to, event in news))

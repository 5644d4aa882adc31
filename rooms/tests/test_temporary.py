"""Rooms for one evening: closed when nobody was there for some hours"""

import pytest
from channels.db import database_sync_to_async

from rooms.models import Room
from rooms.places.temporary import EMPTY_FOR
from rooms.realtime import RoomOwnEvents
from rooms.tasks import sweep
from syncwatch.lib import redis

in_db = database_sync_to_async
EMPTY_MS = EMPTY_FOR.total_seconds() * 1000


@pytest.fixture
def evening(frozen_clock, room):
    Room.objects.update(temporary=True)
    return room


def closed():
    return Room.objects.get().closed_at is not None


def test_it_can_be_said_when_it_is_made_and_later(api, people):
    client = api(people.owner)
    made = client.post("/api/rooms/", {"name": "Tonight", "temporary": True}, format="json").json()
    assert made["temporary"] is True
    path = f"/api/rooms/{made['code']}/"
    assert client.patch(path, {"temporary": False}, format="json").json()["temporary"] is False
    assert client.patch(path, {"temporary": "yes"}, format="json").status_code == 400


def test_it_is_closed_some_hours_after_it_was_made_and_nobody_came(evening, frozen_clock):
    frozen_clock.advance(EMPTY_MS - 60_000)
    assert (sweep(), closed()) == (0, False)
    frozen_clock.advance(60_000)
    assert (sweep(), closed()) == (1, True)
    assert sweep() == 0, "said again"


def test_who_is_there_keeps_it(evening, frozen_clock):
    frozen_clock.advance(2 * EMPTY_MS)
    redis.sync().zadd(f"{{room:{evening.code}}}:present", {"somebody": 1})
    assert (sweep(), closed()) == (0, False)


def test_other_rooms_stay(room, frozen_clock):
    frozen_clock.advance(100 * EMPTY_MS)
    assert (sweep(), closed()) == (0, False)


def test_without_redis_nothing_is_closed(evening, frozen_clock, settings):
    frozen_clock.advance(2 * EMPTY_MS)
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    assert sweep() == 0


@pytest.mark.django_db(transaction=True)
async def test_the_hours_count_from_when_the_last_one_left(evening, frozen_clock):
    frozen_clock.advance(EMPTY_MS)
    await RoomOwnEvents().left(evening.code, "somebody")
    redis.sync().flushall()
    frozen_clock.advance(EMPTY_MS - 60_000)
    assert await in_db(sweep)() == 0
    frozen_clock.advance(60_000)
    assert await in_db(sweep)() == 1
    await redis.close_shared()

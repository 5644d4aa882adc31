"""A live timeline without sockets; films, a list and sockets for those tests that need them."""

import pytest

from playback import services
from playback.tests.live import LiveRoom
from playback.tests.queue_fixtures import (  # noqa: F401  found here by pytest
    committed,
    item,
    member,
    owner,
    queue,
)
from syncwatch.lib import redis
from videos.models import Video

WHOLE = {"state": "ready", "playable": True, "progress": 100, "duration": 600.0,
         "available_until": 600.0}  # fmt: skip


@pytest.fixture
async def links():
    """Closes this event loop's Redis connection when the test is over."""
    yield
    await redis.close_shared()


@pytest.fixture
def live(frozen_clock, links):
    """A room with a film of ten minutes, paused at its beginning; time stands still."""
    return LiveRoom().start()


@pytest.fixture
def film(people):
    """`film("Sintel", state="failed")`: a film of Mara's, ten minutes long and ready."""

    def make(title="Big Buck Bunny", **fields):
        return Video.objects.create(owner=people.owner, title=title, **{**WHOLE, **fields})

    return make


@pytest.fixture
def put_on_list(room, people):
    """`put_on_list(film, …)`: puts films on the list of Mara's room; answers the items."""

    def put(*films):
        return [
            services.item_add(room=room, by=people.owner, video_id=str(each.id)) for each in films
        ]

    return put

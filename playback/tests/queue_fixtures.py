"""The API of a room's queue for tests: its address, clients, and what the room is told."""

import json

import pytest

from rooms import gateway
from syncwatch.lib import redis

NOWHERE = "00000000-0000-0000-0000-000000000000"
ITEM = {"id", "source", "video_id", "url", "title", "duration", "added_by", "votes", "created_at",
        "video"}  # fmt: skip
LISTED = ITEM | {"poster", "error", "voted"}


@pytest.fixture
def queue(room):
    return f"/api/rooms/{room.code}/queue/"


@pytest.fixture
def item(film, put_on_list):
    return put_on_list(film())[0]


@pytest.fixture
def member(api, people):
    """Ana's client."""
    return api(people.member)


@pytest.fixture
def owner(api, people):
    """Mara's client."""
    return api(people.owner)


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """`with committed():` what the room is told on commit is told at the end of it."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def told(room):
    recent = redis.sync().lrange(gateway.key(room.code, "recent"), 0, -1)
    events = [json.loads(text) for text in recent]
    return [event for event in events if event["type"] != "chat:message"]


def titles(client, queue):
    return [each["title"] for each in client.get(queue).json()["results"]]

"""Many hands on one list at once, on a database where transactions really overlap."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from playback import services
from playback.models import QueueVote
from playback.selectors import queue_of
from playback.tests.live import LiveRoom

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
HANDS = 8


def at_once(work, arguments):
    def one(argument):
        try:
            return work(argument)
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as hands:
        return list(hands.map(one, arguments))


def test_films_added_at_once_are_all_there_and_told_in_order(room, people):
    at_once(
        lambda number: services.item_add(
            room=room, by=people.owner, url=f"https://films.example/{number}.mp4"
        ),
        range(HANDS * 3),
    )
    items = list(queue_of(room))
    assert len({item.rank for item in items}) == len(items) == HANDS * 3
    told = LiveRoom(room.code).queue_events
    counts = [event["count"] for event in told]
    assert counts == sorted(counts)
    assert [each["id"] for each in told[-1]["items"]] == [str(item.id) for item in items]


def test_a_list_takes_no_more_than_its_limit_from_many_hands(room, people, monkeypatch):
    monkeypatch.setattr(services, "QUEUE_MAX", 5)

    def add(number):
        try:
            return services.item_add(
                room=room, by=people.owner, url=f"https://films.example/{number}.mp4"
            )
        except services.Conflict:
            return None

    added = at_once(add, range(HANDS * 2))
    assert sum(item is not None for item in added) == queue_of(room).count() == 5


def test_one_person_voting_in_many_tabs_at_once_votes_once(room, people):
    item = services.item_add(room=room, by=people.owner, url="https://films.example/a.mp4")
    at_once(
        lambda _: services.item_vote(room=room, by=people.member, item_id=str(item.id), on=True),
        range(HANDS),
    )
    assert QueueVote.objects.count() == 1

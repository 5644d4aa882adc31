"""What a person put on lists: theirs to take along, and gone when they are."""

import pytest

from accounts import own_data
from playback import services
from playback.models import QueueItem, QueueVote
from playback.selectors import queue_of, queue_shown

pytestmark = pytest.mark.django_db
ADDRESS = "https://films.example/{}.mp4"


@pytest.fixture
def listed(room, people):
    """One item of Mara's, one of Ana's, and Ana's vote for both."""
    items = [
        services.item_add(room=room, by=by, url=ADDRESS.format(title), title=title)
        for by, title in ((people.owner, "mara's"), (people.member, "ana's"))
    ]
    for item in items:
        services.item_vote(room=room, by=people.member, item_id=str(item.id), on=True)
    return items


def test_an_export_names_what_was_added_and_voted_for(listed, people, room):
    mine = own_data.export_all(people.member)["playback"]
    assert [(row["room"], row["title"]) for row in mine["added"]] == [(room.name, "ana's")]
    assert mine["added"][0]["url"] == ADDRESS.format("ana's")
    assert sorted(row["title"] for row in mine["votes"]) == ["ana's", "mara's"]


def test_erasing_leaves_only_what_others_did(
    listed, people, room, django_capture_on_commit_callbacks
):
    for _ in range(2):  # it may be cut off half-way and begun again
        with django_capture_on_commit_callbacks(execute=True):
            own_data.erase_all(people.member)
    assert [(row["title"], row["votes"]) for row in queue_shown(room)] == [("mara's", 0)]
    assert (QueueItem.objects.count(), QueueVote.objects.count()) == (1, 0)


def test_erasing_takes_the_film_off_the_screen(
    room, people, listed, django_capture_on_commit_callbacks
):
    from playback import store
    from playback.selectors import film_of
    from playback.tests.live import LiveRoom

    live = LiveRoom(room.code)
    live.start(store.NOTHING)
    live.load(film_of(queue_of(room).get(id=listed[1].id)))
    with django_capture_on_commit_callbacks(execute=True):
        own_data.erase_all(people.member)
    assert live.wire["item_id"] is None

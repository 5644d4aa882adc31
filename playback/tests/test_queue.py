"""The list of a room: adding, moving, renaming, removing, voting, and what the room is told."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playback import rules, services
from playback.models import QueueItem, QueueVote, RoomPlayback
from playback.selectors import queue_of, queue_shown
from playback.tests.live import LiveRoom
from rooms.services import room_create
from syncwatch.lib.errors import Conflict, Invalid, NotFound

ADDRESS = "https://films.example/{}.mp4"


@pytest.fixture
def told(room, django_capture_on_commit_callbacks):
    """`with told() as events:` what was told of the list on commit."""
    from contextlib import contextmanager

    @contextmanager
    def listen():
        live, events = LiveRoom(room.code), []
        before = len(live.queue_events)
        with django_capture_on_commit_callbacks(execute=True):
            yield events
        events += live.queue_events[before:]

    return listen


def titles(room):
    return [item.title for item in queue_of(room)]


def add(room, by, *names):
    return [
        services.item_add(room=room, by=by, url=ADDRESS.format(name), title=name) for name in names
    ]


def test_an_added_film_is_last_and_the_room_hears_who_added_it(room, people, film, told):
    add(room, people.owner, "a")
    with told() as events:
        item = services.item_add(room=room, by=people.owner, video_id=str(film("Sintel").id))
    [event] = events
    assert (event["type"], event["action"], event["title"]) == ("queue:updated", "added", "Sintel")
    assert (event["by"], event["count"]) == (str(people.owner.id), 2)
    assert event["items"][-1] == {
        "id": str(item.id), "source": "video", "video_id": str(item.video_id), "url": None,
        "title": "Sintel", "duration": 600.0, "added_by": str(people.owner.id), "votes": 0,
        "created_at": item.created_at.isoformat(),
        "video": {
            "state": "ready", "progress": 100, "playable": True, "available_until": 600.0,
        },
    }  # fmt: skip


def test_a_film_may_be_added_in_front_of_another(room, people):
    _, second = add(room, people.owner, "a", "b")
    services.item_add(
        room=room, by=people.owner, url=ADDRESS.format("c"), title="c", before=str(second.id)
    )
    assert titles(room) == ["a", "c", "b"]


def test_only_ones_own_films_can_be_added(room, people, film):
    with pytest.raises(NotFound):
        services.item_add(room=room, by=people.member, video_id=str(film().id))
    with pytest.raises(NotFound):
        services.item_add(room=room, by=people.member, video_id="nonsense")


def test_an_item_is_a_film_or_an_address_never_both_nor_neither(room, people, film):
    both = {"video_id": str(film().id), "url": ADDRESS.format("a")}
    for what in (both, {}):
        with pytest.raises(Invalid):
            services.item_add(room=room, by=people.owner, **what)


def test_a_wrong_address_is_refused_with_its_field(room, people):
    with pytest.raises(Invalid) as refused:
        services.item_add(room=room, by=people.owner, url="https://127.0.0.1/a.mp4")
    assert "private network" in refused.value.fields["url"][0]


def test_addresses_outside_can_be_switched_off(room, people, settings):
    settings.EXTERNAL_SOURCES = False
    with pytest.raises(Invalid, match="uploaded"):
        add(room, people.owner, "a")


def test_titles_are_one_clean_line(room, people):
    item = services.item_add(
        room=room, by=people.owner, url=ADDRESS.format("a"), title=" a\u202e <b>\n\tc "
    )
    assert item.title == "a <b> c"
    with pytest.raises(Invalid):
        services.item_add(room=room, by=people.owner, url=ADDRESS.format("a"), title="x" * 201)


def test_a_full_list_takes_no_more(room, people, monkeypatch):
    monkeypatch.setattr(services, "QUEUE_MAX", 2)
    add(room, people.owner, "a", "b")
    with pytest.raises(Conflict) as refused:
        add(room, people.owner, "c")
    assert refused.value.code == "queue_full"


def test_moving_goes_in_front_of_another_or_to_the_end(room, people, told):
    first, second, third = add(room, people.owner, "a", "b", "c")
    with told() as events:
        services.item_move(room=room, by=people.member, item_id=str(third.id), before=str(first.id))
    assert titles(room) == ["c", "a", "b"]
    assert (events[0]["action"], events[0]["title"]) == ("moved", "c")
    services.item_move(room=room, by=people.member, item_id=str(third.id), before=None)
    assert titles(room) == ["a", "b", "c"]
    services.item_move(room=room, by=people.member, item_id=str(second.id), before=str(second.id))
    assert titles(room) == ["a", "b", "c"]


def test_moving_between_two_writes_one_row(room, people):
    items = add(room, people.owner, "a", "b", "c")
    before = dict(QueueItem.objects.values_list("id", "rank"))
    services.item_move(
        room=room, by=people.owner, item_id=str(items[2].id), before=str(items[1].id)
    )
    after = dict(QueueItem.objects.values_list("id", "rank"))
    assert [key for key in after if after[key] != before[key]] == [items[2].id]


def test_a_list_without_gaps_is_numbered_anew(room, people, monkeypatch):
    monkeypatch.setattr(rules, "RANK_GAP", 2)
    first, *_ = add(room, people.owner, "a", "b")
    last = str(first.id)
    for name in "cdefgh":
        item = services.item_add(
            room=room, by=people.owner, url=ADDRESS.format(name), title=name, before=last
        )
        services.item_move(room=room, by=people.owner, item_id=last, before=str(item.id))
    assert titles(room) == ["a", "h", "g", "f", "e", "d", "c", "b"]


def test_items_of_other_rooms_cannot_be_touched(room, people):
    other = room_create(owner=people.stranger, name="Other")
    [foreign] = add(other, people.stranger, "x")
    [own] = add(room, people.owner, "a")
    ask = {"room": room, "by": people.owner, "item_id": str(foreign.id)}
    for attempt in (
        lambda: services.item_move(**ask, before=None),
        lambda: services.item_move(**(ask | {"item_id": str(own.id)}), before=str(foreign.id)),
        lambda: services.item_rename(**ask, title="y"),
        lambda: services.item_vote(**ask, on=True),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert titles(other) == ["x"]


def test_a_new_name_is_told_and_must_have_letters(room, people, told):
    [item] = add(room, people.owner, "a")
    with told() as events:
        services.item_rename(room=room, by=people.owner, item_id=str(item.id), title="Sintel")
    assert (events[0]["action"], events[0]["items"][0]["title"]) == ("changed", "Sintel")
    for title in ("", " \u200b\n", "x" * 201):
        with pytest.raises(Invalid):
            services.item_rename(room=room, by=people.owner, item_id=str(item.id), title=title)


def test_removing_is_told_once(room, people, told):
    [item] = add(room, people.owner, "a")
    with told() as events:
        services.item_remove(room=room, by=people.owner, item=item)
        services.item_remove(room=room, by=people.owner, item=item)
    assert [(event["action"], event["items"]) for event in events] == [("removed", [])]


def test_a_vote_counts_once_a_person_and_can_be_taken_back(room, people, told):
    [item] = add(room, people.owner, "a")
    ask = {"room": room, "item_id": str(item.id)}
    with told() as events:
        services.item_vote(**ask, by=people.member, on=True)
        services.item_vote(**ask, by=people.member, on=True)
        services.item_vote(**ask, by=people.guest, on=True)
        services.item_vote(**ask, by=people.owner, on=False)
    assert [event["items"][0]["votes"] for event in events] == [1, 2]
    services.item_vote(**ask, by=people.member, on=False)
    assert queue_shown(room)[0]["votes"] == 1
    assert QueueVote.objects.count() == 1


def test_a_snapshot_shows_two_hundred_items_and_the_event_how_many_there_are(
    room, people, monkeypatch, told
):
    monkeypatch.setattr("playback.selectors.ITEMS_SHOWN", 3)
    monkeypatch.setattr(services, "ITEMS_SHOWN", 3)
    with told() as events:
        add(room, people.owner, *"abcde")
    assert (len(events[-1]["items"]), events[-1]["count"]) == (3, 5)


def test_an_older_list_is_never_told_after_a_newer_one(
    room, people, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as commits:
        add(room, people.owner, "a", "b")
    for tell in reversed(commits):
        tell()
    assert [event["count"] for event in LiveRoom(room.code).queue_events] == [2]


def test_a_list_is_read_with_as_many_queries_whatever_its_length(
    room, people, film, django_assert_num_queries
):
    for number in range(12):
        services.item_add(room=room, by=people.owner, video_id=str(film(f"F{number}").id))
    with django_assert_num_queries(1):
        assert len(queue_shown(room)) == 12


steps = st.lists(
    st.tuples(
        st.sampled_from(["add", "add before", "move", "move last", "remove"]),
        st.integers(0, 9),
        st.integers(0, 9),
    ),
    max_size=18,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps)
def test_whatever_is_done_to_a_list_its_order_is_that_of_a_plain_list(
    room, people, monkeypatch, steps
):
    monkeypatch.setattr(rules, "RANK_GAP", 4)
    QueueItem.objects.filter(room=room).delete()
    before = RoomPlayback.objects.filter(room=room).first()
    model, changes = [], 0
    for number, (what, one, other) in enumerate(steps):
        changes += step(room, people.owner, model, what, one, other, name=f"n{number}")
    assert titles(room) == [item.title for item in model]
    after = RoomPlayback.objects.filter(room=room).first()
    raised = (after.queue_version if after else 0) - (before.queue_version if before else 0)
    assert raised == changes


def step(room, by, model, what, *places, name):
    one, other = places
    at, to = (one % len(model), other % len(model)) if model else (0, 0)
    new = {"room": room, "by": by, "url": ADDRESS.format(name), "title": name}
    if what == "add" or not model:
        model.append(services.item_add(**new))
    elif what == "add before":
        model.insert(at, services.item_add(**new, before=str(model[at].id)))
    elif what == "remove":
        services.item_remove(room=room, by=by, item=model.pop(at))
    elif what == "move last":
        services.item_move(room=room, by=by, item_id=str(model[at].id), before=None)
        model.append(model.pop(at))
    elif at == to:
        return 0
    else:
        item, target = model[at], model[to]
        services.item_move(room=room, by=by, item_id=str(item.id), before=str(target.id))
        model.remove(item)
        model.insert(model.index(target), item)
    return 1

"""A date leaves a line in the chat: who planned, moved or called it off, and for when"""

import datetime

import pytest
from channels.db import database_sync_to_async

from chat.models import Message
from chat.reads import unread_of
from rooms.evenings.models import Evening
from syncwatch.lib import clock

pytestmark = pytest.mark.django_db(transaction=True)
in_db = database_sync_to_async
DAY = datetime.timedelta(days=1)


def lines(room):
    found = Message.objects.filter(room=room).order_by("rank")
    return [(each.deed["name"], each.body, each.deed.get("starts_at")) for each in found]


def said(when):
    return f"{when:%a} {when.day} {when:%b %Y, %H:%M} UTC"


@pytest.fixture
def path(room, frozen_clock):
    return f"/api/rooms/{room.code}/evening/"


@pytest.fixture
def plan(api, people, path):
    """`plan(days=1)`: Mara's evening is then."""

    def put(*, days=1, **wish):
        when = (clock.now() + days * DAY).astimezone(datetime.timezone(datetime.timedelta(hours=9)))
        body = {"starts_at": when.isoformat()} | wish
        assert api(people.owner).put(path, body, format="json").status_code in {200, 201}
        return when.astimezone(datetime.UTC)

    return put


def test_planning_moving_and_calling_off_are_lines_with_the_moment(plan, api, people, path, room):
    first = plan()
    moved = plan(days=2)
    assert api(people.owner).delete(path).status_code == 204
    assert lines(room) == [
        ("evening_planned", f"Mara planned an evening for {said(first)}", first.isoformat()),
        ("evening_moved", f"Mara moved the evening to {said(moved)}", moved.isoformat()),
        ("evening_cancelled", "Mara called the evening off", moved.isoformat()),
    ]
    evening = str(Evening.objects.get().pk)
    assert {each.deed["evening"] for each in Message.objects.all()} == {evening}


def test_said_again_nothing_is_said_again(plan, api, people, path, room):
    plan()
    plan()
    for _ in range(2):
        assert api(people.owner).delete(path).status_code == 204
    assert [name for name, *_ in lines(room)] == ["evening_planned", "evening_cancelled"]


def test_a_new_name_or_a_note_is_no_line(plan, room):
    plan()
    plan(title="Rabbit night", note="Bring carrots")
    assert [name for name, *_ in lines(room)] == ["evening_planned"]


def test_what_is_refused_leaves_no_line(api, people, path, plan, room):
    past = {"starts_at": "2020-01-01T20:00:00Z"}
    assert api(people.owner).put(path, past, format="json").status_code == 400
    soon = {"starts_at": (clock.now() + DAY).isoformat()}
    for who, status in ((people.guest, 403), (people.stranger, 403), (None, 401)):
        assert api(who).put(path, soon, format="json").status_code == status
    assert lines(room) == []


def test_somebody_who_looks_for_a_time_leaves_one_line(plan, room, frozen_clock):
    plan()
    for days in (2, 3, 4):
        last = plan(days=days)
        frozen_clock.advance(3_000)
    assert [words for _, words, _ in lines(room)][1:] == [f"Mara moved the evening to {said(last)}"]


def test_ten_minutes_later_is_a_move(plan, api, people, path, room):
    plan(days=0.01)
    assert api(people.owner).post(f"{path}later/").status_code == 200
    assert [name for name, *_ in lines(room)] == ["evening_planned", "evening_moved"]


async def test_everybody_hears_it_and_whoever_comes_later_finds_the_same(
    plan, sockets, people, room
):
    ana = await sockets.open(people.member, room.code)
    when = await in_db(plan)()
    told = (await ana.frame("chat:message"))["message"]
    assert (told["kind"], told["author"]["display_name"]) == ("system", "Mara")
    assert (told["deed"]["name"], told["deed"]["starts_at"]) == (
        "evening_planned",
        when.isoformat(),
    )
    late = await sockets.open(people.guest, room.code)
    assert late.snapshot["messages"] == [told]


def test_it_is_nothing_unread(plan, people):
    plan()
    assert unread_of(people.member) == []

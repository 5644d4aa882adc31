"""Evenings on the staff's desk: found, counted, called off; what open sockets and people hear"""

import datetime

import pytest
from channels.db import database_sync_to_async

from accounts.models import AuditEntry, Notice, User
from chat.models import Message
from rooms import services
from rooms.access import place_in
from rooms.evenings.models import Evening, EveningAnswer
from rooms.evenings.services import Wish, evening_plan
from rooms.models import Measure
from syncwatch.lib import clock
from syncwatch.tests.desk import Desk, said

in_db = database_sync_to_async
pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def keeper(db):
    return Desk.moderator()


@pytest.fixture
def evening(room, people):
    """Ana planned it in Mara's room."""
    wish = Wish(clock.now() + DAY, title="Rabbit night", note="Bring carrots")
    return evening_plan(place=place_in(people.member, room.code), wish=wish)[0]


def rows():
    return list(AuditEntry.objects.filter(action="room.evening"))


def test_an_evening_is_called_off_once_with_its_reason_beside_the_audit(
    keeper, evening, people, room
):
    asked = keeper.ask("cancel", evening).content.decode()
    assert "does not take place" in asked
    assert Evening.objects.get().state == "planned", "it is asked first"
    keeper.order("cancel", evening, reason="Stolen film")
    answer = keeper.order("cancel", evening, reason="Stolen film")
    assert said(answer) == [f"{evening}: Is not to come any more."]
    assert Evening.objects.get().state == "cancelled"
    (row,) = rows()
    assert (row.actor_id, row.target) == (keeper.user.pk, str(evening.pk))
    assert row.detail == {"room": str(room.pk), "evening": str(evening.pk)}
    (kept,) = Measure.objects.filter(action="evening")
    assert (kept.by_id, kept.reason) == (keeper.user.pk, "Stolen film")


def test_it_is_none_of_what_staff_are_blamed_for_in_the_room(keeper, evening, people, room):
    """The room reads that it was called off, its people too, and nobody's name."""
    keeper.order("cancel", evening)
    line = Message.objects.get(deed__name="evening_cancelled")
    assert (line.body, line.author) == ("The evening was called off", None)
    for who in (people.owner, people.member):
        (told,) = Notice.objects.filter(user=who, kind="room_evening")
        assert (told.data["what"], told.from_user) == ("struck", people.member)
    assert "eeper" not in str([told.data for told in Notice.objects.all()])


@pytest.mark.parametrize("state", ["begun", "missed", "cancelled"])
def test_what_is_over_is_left_as_it_was(state, keeper, evening):
    Evening.objects.update(state=state)
    answer = keeper.order("cancel", evening)
    assert said(answer) == [f"{evening}: Is not to come any more."]
    assert Evening.objects.get().state == state
    assert rows() == []


def test_a_reason_that_is_too_long_is_asked_for_again(keeper, evening):
    assert keeper.order("cancel", evening, reason="x" * 2000).status_code == 200
    assert Evening.objects.get().state == "planned"


@pytest.mark.parametrize("who", ["nobody", "owner", "guest"])
def test_it_has_no_desk_for_others(who, people, evening):
    desk = Desk(getattr(people, who, None))
    assert desk.order("cancel", evening, reason="x").status_code == 404
    assert desk.list(Evening).status_code == 404
    assert desk.page(evening).status_code in {302, 404}
    assert Evening.objects.get().state == "planned"
    assert rows() == []


def test_whoever_may_only_look_does_nothing(evening):
    reader = Desk.reader()
    assert reader.list(Evening).status_code == 200
    reader.order("cancel", evening, reason="x")
    assert Evening.objects.get().state == "planned"


def test_nothing_of_it_is_changed_by_hand(evening):
    chief = Desk.chief()
    assert chief.page(evening).status_code == 200
    for verb in (f"{evening.pk}/change/", f"{evening.pk}/delete/", "add/"):
        assert chief.client.post(f"/admin/rooms/evening/{verb}", {}).status_code == 403


def test_its_page_says_who_comes(evening, people):
    EveningAnswer.objects.create(evening=evening, user=people.guest, answer="yes")
    page = Desk.chief().page(evening).content.decode()
    for words in ("Bring carrots", "Ilya", "I come", "Rabbit night"):
        assert words in page, words


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=rabbit", True), ("q={code}", True), ("q={room}", True), ("q=mara", True),
        ("q=ana", True), ("q={pk}", True), ("q=nothing-like-it", False),
        ("q=%00", True), ("when=ahead", True), ("when=past", False), ("when=nonsense", True),
        ("state=planned", True), ("state=cancelled", False),
        ("state=begun", False), ("state=missed", False), ("state=nonsense", True),
    ],
)  # fmt: skip
def test_evenings_are_found(query, found, evening, room):
    query = query.format(code=room.code, room=room.pk, pk=evening.pk)
    listed = Desk.chief().list(Evening, query).context["cl"].result_list
    assert [each.pk for each in listed] == ([evening.pk] if found else [])


def more(count, owner):
    for number in range(count):
        made = services.room_create(owner=owner, name=f"Room {number}")
        planned = Evening.objects.create(room=made, starts_at=clock.now(), planned_by=owner)
        guest = User.objects.create_guest(f"G{number}")
        EveningAnswer.objects.create(evening=planned, user=guest, answer="yes")


@pytest.mark.parametrize("query", ["", "q=room", "state=planned"])
def test_the_list_takes_as_many_queries_for_twenty_as_for_two(query, people):
    chief = Desk.chief()
    more(2, people.owner)
    few = chief.queries(Evening, query)
    more(18, people.owner)
    assert chief.queries(Evening, query) == few
    assert few <= 8


def test_the_list_counts_answers(evening, people):
    for who, answer in ((people.owner, "yes"), (people.guest, "yes"), (people.member, "no")):
        EveningAnswer.objects.create(evening=evening, user=who, answer=answer)
    (row,) = Desk.chief().list(Evening).context["cl"].result_list
    assert row.counted == {"yes": 2, "maybe": 0, "no": 1}


@pytest.mark.django_db(transaction=True)
async def test_open_pages_hear_it_at_once(sockets, people, room, evening):
    keeper = await in_db(Desk.moderator)()
    mara = await sockets.open(people.owner, room.code)
    assert mara.snapshot["evening"]["id"] == str(evening.pk)
    await in_db(keeper.order)("cancel", evening, reason="Stolen film")
    event = await mara.frame("evening:changed")
    assert (event["what"], event["by"], event["evening"]["state"]) == (
        "cancelled", None, "cancelled",
    )  # fmt: skip
    assert (await mara.frame("chat:message"))["message"]["deed"]["name"] == "evening_cancelled"
    assert "Stolen" not in str(event)
    late = await sockets.open(people.guest, room.code)
    assert late.snapshot["evening"] is None

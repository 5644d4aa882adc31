"""Rooms on the staff's desk: closed, spoken to, looked at; and what open sockets hear of it."""

import pytest
from channels.db import database_sync_to_async

from accounts.models import AuditEntry, User
from rooms import memberships, services
from rooms.models import Ban, Invite, Measure, Membership, Room
from syncwatch.tests.desk import Desk, said

in_db = database_sync_to_async
pytestmark = pytest.mark.django_db
EVERYWHERE = "/admin/rooms/room/announce/"


@pytest.fixture
def keeper(db):
    return Desk.moderator()


def rows(action):
    return list(AuditEntry.objects.filter(action=action))


def test_a_room_is_closed_once_with_its_reason_beside_the_audit(keeper, room):
    asked = keeper.ask("close", room).content.decode()
    assert "There is no way back" in asked
    assert room.code in asked
    assert Room.objects.get().closed_at is None
    keeper.order("close", room, reason="Stolen films")
    answer = keeper.order("close", room, reason="Stolen films")
    assert said(answer) == [f"{room}: Is closed already."]
    (row,) = rows("room.close")
    assert (row.actor_id, row.target) == (keeper.user.pk, str(room.pk))
    assert "Stolen" not in str(row.detail)
    (kept,) = Measure.objects.filter(action="close")
    assert (kept.by_id, kept.reason) == (keeper.user.pk, "Stolen films")


def test_words_for_a_room_are_asked_for_until_there_are_some(keeper, room):
    for text in ("", "   ", "\u202e", "x" * 201):
        assert keeper.order("announce", room, text=text).status_code == 200
    assert not rows("room.announce")
    keeper.order("announce", room, text="Back at nine")
    assert len(rows("room.announce")) == 1
    assert Measure.objects.get(action="announce").reason == "Back at nine"


def test_to_all_rooms_is_one_row_and_asked_first(keeper):
    assert keeper.client.get(EVERYWHERE).status_code == 200
    assert keeper.client.post(EVERYWHERE, {"text": ""}).status_code == 200
    for _ in range(2):
        keeper.client.post(EVERYWHERE, {"text": "Back at nine", "once": "the-same"})
    (row,) = rows("room.announce")
    assert (row.target, row.detail) == ("", {"everywhere": True})


@pytest.mark.parametrize("act", ["close", "announce"])
@pytest.mark.parametrize("who", ["nobody", "owner", "guest"])
def test_a_room_has_no_desk_for_others(act, who, people, room):
    desk = Desk(getattr(people, who, None))
    assert desk.order(act, room, text="Hello", reason="x").status_code == 404
    assert desk.client.get(EVERYWHERE).status_code == 404
    assert desk.list(Room).status_code == 404
    assert Room.objects.get().closed_at is None
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("act", ["close", "announce"])
def test_whoever_may_only_look_does_nothing_to_a_room(act, room):
    reader = Desk.reader()
    assert reader.list(Room).status_code == 200
    reader.order(act, room, text="Hello", reason="x")
    assert reader.client.post(EVERYWHERE, {"text": "Hello"}).status_code == 403
    assert Room.objects.get().closed_at is None
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("model", [Room, Membership, Invite, Ban, Measure])
def test_nothing_of_a_room_is_changed_by_hand(model, people, room):
    chief = Desk.chief()
    Invite.objects.create(room=room, created_by=people.owner)
    Ban.objects.create(room=room, user=people.stranger, by=people.owner)
    Measure.objects.create(room=room, by=people.owner, action="ban", person=people.stranger)
    row = model.objects.first()
    name = model._meta.model_name
    assert chief.page(row).status_code == 200
    assert chief.client.post(f"/admin/rooms/{name}/{row.pk}/change/", {}).status_code == 403
    assert chief.client.post(f"/admin/rooms/{name}/{row.pk}/delete/", {}).status_code == 403
    assert chief.client.get(f"/admin/rooms/{name}/add/").status_code == 403


def test_the_key_of_an_invitation_stays_out_of_sight(people, room):
    made = Invite.objects.create(room=room, created_by=people.owner)
    assert made.token not in Desk.chief().page(made).content.decode()


def more(count, owner):
    for number in range(count):
        made = services.room_create(owner=owner, name=f"Room {number}")
        guest = User.objects.create_guest(f"G{number}")
        memberships.place_take(user=guest, room=made, role="guest")


@pytest.mark.parametrize("query", ["", "q=room", "state=open&size=2-9"])
@pytest.mark.parametrize("model", [Room, Membership, Measure])
def test_a_list_of_rooms_takes_as_many_queries_for_twenty_as_for_two(model, query, people):
    chief = Desk.chief()
    query = query if model is Room else ""
    more(2, people.owner)
    few = chief.queries(model, query)
    more(18, people.owner)
    assert chief.queries(model, query) == few
    assert few <= 8


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=rabbit", True), ("q={code}", True), ("q=https://watch.example/r/{code}", True),
        ("q=mara", True), ("q={pk}", True), ("q=nothing-like-it", False), ("state=open", True),
        ("state=closed", False), ("size=2-9", True), ("size=1", False), ("size=50-", False),
        ("size=many", True), ("visibility__exact=private", False),
    ],
)  # fmt: skip
def test_rooms_are_found(query, found, room):
    query = query.format(code=room.code, pk=room.pk)
    listed = Desk.chief().list(Room, query).context["cl"].result_list
    assert [each.pk for each in listed] == ([room.pk] if found else [])


def test_the_list_shows_places_and_goes_without_redis(room, settings):
    chief = Desk.chief()
    (row,) = chief.list(Room).context["cl"].result_list
    assert row.counted == (3, 0)
    assert ">ana</a>" in chief.page(room).content.decode()
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    (row,) = chief.list(Room).context["cl"].result_list
    assert row.counted == (3, None)


# --- sockets that are open -------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
async def test_a_closed_room_is_told_and_everybody_is_out(sockets, people, room):
    keeper = await in_db(Desk.moderator)()
    ana = await sockets.open(people.member, room.code)
    await in_db(keeper.order)("close", room, reason="Stolen films")
    assert (await ana.frame("room:closed"))["by"] == str(keeper.user.pk)
    assert await ana.closing_code() == 4404


@pytest.mark.django_db(transaction=True)
async def test_an_announcement_is_heard_in_its_room_alone_and_kept_nowhere(sockets, people, room):
    keeper = await in_db(Desk.moderator)()
    other = await in_db(services.room_create)(owner=people.stranger, name="Other")
    ana = await sockets.open(people.member, room.code)
    jonas = await sockets.open(people.stranger, other.code)
    await in_db(keeper.order)("announce", room, text="Back at nine")
    assert await ana.frame("room:announcement") == {
        "type": "room:announcement", "text": "Back at nine",
    }  # fmt: skip
    assert await jonas.without("room:announcement")
    late = await sockets.open(people.guest, room.code)
    assert "Back at nine" not in str(late.snapshot)
    assert await late.without("room:announcement")


@pytest.mark.django_db(transaction=True)
async def test_an_announcement_to_all_is_heard_in_every_room(sockets, people, room):
    keeper = await in_db(Desk.moderator)()
    other = await in_db(services.room_create)(owner=people.stranger, name="Other")
    ana = await sockets.open(people.member, room.code)
    jonas = await sockets.open(people.stranger, other.code)
    await in_db(keeper.client.post)(EVERYWHERE, {"text": "Back at nine"})
    for socket in (ana, jonas):
        assert (await socket.frame("room:announcement"))["text"] == "Back at nine"

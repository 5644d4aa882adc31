"""How far one has read, on any device, and what came after."""

import pytest
from channels.db import database_sync_to_async
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import friends, own_data
from chat import reads, services
from chat.models import Kind, Message, ReadPosition
from rooms import memberships
from rooms.models import Membership
from rooms.services import room_close, room_create
from syncwatch.lib import clock

in_db = database_sync_to_async
stored = pytest.mark.django_db
told = pytest.mark.django_db(transaction=True)


@pytest.fixture
def unread(api, people):
    def get(by=None):
        rows = api(by or people.member).get("/api/unread/").json()["results"]
        return {row["code"]: row["unread"] for row in rows}

    return get


def read_up_to(message, user):
    reads.read_to(message=message, user_id=str(user.id))


@told
async def test_where_one_stopped_is_told_on_the_next_device_and_only_moves_forward(
    sockets, people, room, say
):
    first, second = await in_db(lambda: [say("one"), say("two")])()
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    assert ana.snapshot["chat_read"] is None
    assert (await ana.ask(type="chat:read", id=str(second.id)))["type"] == "ack"
    assert (await ana.ask(type="chat:read", id=str(first.id)))["type"] == "ack"
    again = await sockets.open(people.member, room.code)
    assert again.snapshot["chat_read"] == {
        "id": str(second.id), "at": second.created_at.isoformat(),
    }  # fmt: skip
    assert (await sockets.open(people.owner, room.code)).snapshot["chat_read"] is None
    assert await mara.without("chat:read"), "nobody is told how far others have read"


@told
async def test_what_was_taken_back_was_read_all_the_same(sockets, people, room, say):
    said = await in_db(say)("gone")
    await in_db(services.message_delete)(message=said, by=str(people.owner.id))
    ana = await sockets.open(people.member, room.code)
    assert (await ana.ask(type="chat:read", id=str(said.id)))["type"] == "ack"
    again = await sockets.open(people.member, room.code)
    assert again.snapshot["chat_read"]["at"] == said.created_at.isoformat()


@told
async def test_what_was_never_here_cannot_be_read(sockets, people, room, say, settings):
    settings.RATE_LIMIT_FACTOR = 100

    def elsewhere():
        other = room_create(owner=people.owner, name="Elsewhere")
        return services.message_send(
            room_id=str(other.id), author_id=str(people.owner.id), body="Hi", nonce="n"
        )

    foreign = await in_db(elsewhere)()
    ana = await sockets.open(people.member, room.code)
    for target in (str(foreign.id), "nonsense", str(room.id)):
        assert (await ana.ask(type="chat:read", id=target))["code"] == "not_found"
    for wrong in ({"id": 7}, {}, {"id": "x" * 37}, {"id": str(foreign.id), "by": "me"}):
        assert (await ana.ask(type="chat:read", **wrong))["code"] == "invalid"
    assert not await in_db(ReadPosition.objects.exists)()


@stored
def test_new_is_what_others_said_since_one_read_or_came(unread, say, room, people):
    assert unread() == {}
    said = [say(f"m{n}") for n in range(3)]
    say("my own", by=people.member)
    Message.objects.create(
        room=room, kind=Kind.SYSTEM, body="joined", nonce="d", rank=said[-1].rank + 10**9
    )
    assert unread() == {room.code: 3}
    assert unread(people.owner) == {room.code: 1}
    read_up_to(said[1], people.member)
    assert unread() == {room.code: 1}
    services.message_delete(message=said[2], by=str(people.owner.id))
    assert unread() == {}
    assert unread(people.stranger) == {}


@stored
def test_what_was_said_before_one_came_is_not_new(unread, say, room, people, frozen_clock):
    say("long ago")
    frozen_clock.advance(1_000)
    memberships.place_take(user=people.stranger, room=room, role="guest")
    assert unread(people.stranger) == {}
    frozen_clock.advance(1_000)
    say("welcome")
    assert unread(people.stranger) == {room.code: 1}


@stored
def test_more_than_ninety_nine_are_ninety_nine(unread, room, people):
    now = clock.now()
    Message.objects.bulk_create(
        Message(room=room, author=people.owner, body="m", nonce=f"n{n}", rank=n + 1, created_at=now)
        for n in range(120)
    )
    Membership.objects.update(joined_at=room.created_at)
    assert unread() == {room.code: 99}


@stored
def test_rooms_that_are_over_or_left_have_nothing_new(unread, say, room, people):
    say("Hello")
    Membership.objects.filter(user=people.member).update(ended_at=clock.now())
    assert unread() == {}
    Membership.objects.filter(user=people.member).update(ended_at=None)
    room_close(room=room, by=people.owner)
    assert unread() == {}


@stored
def test_all_rooms_take_one_query(api, people, room, say):
    def cost():
        client = api(people.member)
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/api/unread/").status_code == 200
        return len(seen)

    before = cost()
    for n in range(5):
        other = room_create(owner=people.owner, name=f"R{n}")
        memberships.place_take(user=people.member, room=other, role="member")
        services.message_send(
            room_id=str(other.id), author_id=str(people.owner.id), body="Hi", nonce=f"n{n}"
        )
    assert cost() == before


@stored
def test_nobody_has_nothing_new(api):
    assert api().get("/api/unread/").status_code == 401


@stored
def test_positions_are_exported_and_erased(say, people, room):
    said = say("Hello")
    read_up_to(said, people.member)
    mine = own_data.export_all(people.member)["chat"]["read"]
    assert mine == [{"room": room.name, "message": str(said.id)}]
    own_data.erase_all(people.member)
    assert not ReadPosition.objects.exists()


@stored
@pytest.mark.parametrize("by_them", [True, False])
def test_words_that_a_block_hides_are_not_new(unread, say, people, by_them):
    say("Hello")
    say("to Ana", by=people.guest)
    assert sum(unread().values()) == 2
    one, other = people.member, people.guest
    if by_them:
        one, other = other, one
    friends.block_add(user=one, other=other)
    assert sum(unread().values()) == 1

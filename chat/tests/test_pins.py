"""What moderators keep in sight: told once, counted in the snapshot, listed over the API."""

import pytest
from channels.db import database_sync_to_async

from accounts import own_data
from chat import pins, services
from chat.models import Pin
from rooms import memberships
from rooms.services import room_create
from syncwatch.lib.errors import Invalid

in_db = database_sync_to_async
stored = pytest.mark.django_db
told = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pin(people):
    def do(message, *, on=True, by=None):
        return pins.pin(message=message, by=str((by or people.owner).id), on=on)

    return do


@pytest.fixture
def listed(api, room, people):
    def get(by=None):
        return api(by or people.member).get(f"/api/rooms/{room.code}/pins/")

    return get


@told
async def test_a_pin_reaches_everybody_and_every_newcomer(sockets, people, room, say):
    said = str((await in_db(say)("rules of the house")).id)
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    assert ana.snapshot["pins"] == 0
    assert (await mara.ask(type="chat:pin", id=said, on=True))["changed"]
    event = await ana.frame("chat:pinned")
    assert {k: event[k] for k in ("id", "on", "by", "count")} == {
        "id": said, "on": True, "by": str(people.owner.id), "count": 1,
    }  # fmt: skip
    late = await sockets.open(people.guest, room.code)
    assert (late.snapshot["pins"], late.snapshot["messages"][0]["pinned"]) == (1, True)
    assert not (await mara.ask(type="chat:pin", id=said, on=True))["changed"]
    assert await ana.without("chat:pinned")
    assert (await mara.ask(type="chat:pin", id=said, on=False))["changed"]
    event = await ana.frame("chat:pinned")
    assert (event["on"], event["count"]) == (False, 0)


@told
@pytest.mark.parametrize(
    "role_may", [("moderator", "ack"), ("member", "no_moderate"), ("guest", "no_moderate")]
)
async def test_it_is_for_moderators(sockets, people, room, say, role_may):
    role, expected = role_may
    said = str((await in_db(say)("Hello")).id)
    await in_db(memberships.place_take)(user=people.stranger, room=room, role=role)
    jonas = await sockets.open(people.stranger, room.code)
    answer = await jonas.ask(type="chat:pin", id=said, on=True)
    assert answer.get("code", "ack") == expected
    assert answer["type"] == "ack" or answer["message"]


@told
async def test_malformed_and_absent_ones_are_refused(sockets, people, room, say, settings):
    settings.RATE_LIMIT_FACTOR = 100

    def others():
        gone = say("gone")
        services.message_delete(message=gone, by=str(people.owner.id))
        elsewhere = room_create(owner=people.owner, name="Elsewhere")
        foreign = services.message_send(
            room_id=str(elsewhere.id), author_id=str(people.owner.id), body="Hi", nonce="n"
        )
        return str(gone.id), str(foreign.id)

    gone, foreign = await in_db(others)()
    mara = await sockets.open(people.owner, room.code)
    for target in (gone, foreign, "nonsense"):
        assert (await mara.ask(type="chat:pin", id=target, on=True))["code"] == "not_found"
    for wrong in ({"on": 1}, {"id": 7}, {"by": "me"}):
        frame = {"type": "chat:pin", "id": gone, "on": True} | wrong
        assert (await mara.ask(**frame))["code"] == "invalid"


@told
async def test_taking_a_pinned_message_back_lets_its_pin_go_first(sockets, people, room, say, pin):
    said = await in_db(say)("Hello")
    await in_db(pin)(said)
    mara = await sockets.open(people.owner, room.code)
    await mara.ask(type="chat:delete", id=str(said.id))
    assert (await mara.frame("chat:pinned"))["count"] == 0
    await mara.frame("chat:deleted")
    assert (await sockets.open(people.guest, room.code)).snapshot["pins"] == 0


@stored
def test_the_newest_pin_comes_first_with_who_pinned_it(say, pin, listed, frozen_clock):
    first, second = say("first"), say("second")
    pin(second)
    frozen_clock.advance(10)
    pin(first)
    rows = listed().json()["results"]
    assert [row["message"]["body"] for row in rows] == ["first", "second"]
    assert (rows[0]["by"]["display_name"], rows[0]["message"]["pinned"]) == ("Mara", True)


@stored
def test_there_are_fifty_at_most(say, pin):
    said = [say(f"m{n}") for n in range(51)]
    for message in said[:50]:
        pin(message)
    with pytest.raises(Invalid, match="50 messages are pinned"):
        pin(said[50])
    pin(said[0], on=False)
    assert pin(said[50])


@stored
def test_the_list_is_for_members_and_costs_the_same_whatever_its_length(
    api, room, people, say, pin, listed, django_assert_max_num_queries
):
    assert api().get(f"/api/rooms/{room.code}/pins/").status_code == 401
    assert listed(people.stranger).json()["error"]["code"] == "not_a_member"
    for n in range(20):
        pin(say(f"m{n}", by=[people.owner, people.member][n % 2]))
    with django_assert_max_num_queries(9):
        assert len(listed().json()["results"]) == 20


@stored
def test_pins_are_exported_and_who_pinned_is_erased(say, pin, people, room, listed):
    said = say("Hello")
    memberships.place_take(user=people.stranger, room=room, role="moderator")
    pin(said, by=people.stranger)
    [mine] = own_data.export_all(people.stranger)["chat"]["pins"]
    assert (mine["room"], mine["message"]) == (room.name, str(said.id))
    own_data.erase_all(people.stranger)
    assert Pin.objects.get().by is None
    assert listed().json()["results"][0]["by"] is None

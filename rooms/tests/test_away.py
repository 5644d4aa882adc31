"""Whoever steps away from the screen: the room sees it, and nobody waits for them"""

import pytest
from channels.db import database_sync_to_async

from rooms.access import member_in
from rooms.memberships import member_kick

pytestmark = pytest.mark.django_db(transaction=True)
in_db = database_sync_to_async
AWAY = {"type": "room:away", "away": True}
BACK = {"type": "room:away", "away": False}


@pytest.fixture
async def two(sockets, people, room):
    """Mara and Ana in one room."""
    return [await sockets.open(one, room.code) for one in (people.owner, people.member)]


async def test_everybody_sees_who_is_away_and_who_is_back(two, sockets, people, room):
    mara, ana = two
    answer, event = await mara.ask_and_hear("room:away", **AWAY)
    assert (answer["type"], event["away"]) == ("ack", [str(people.owner.pk)])
    assert (await ana.frame("room:away"))["away"] == [str(people.owner.pk)]
    later = await sockets.open(people.guest, room.code)
    assert later.snapshot["away"] == [str(people.owner.pk)]
    await mara.ask(**BACK)
    assert (await ana.frame("room:away"))["away"] == []


async def test_said_again_it_is_no_news(two):
    mara, ana = two
    for frame in (AWAY, AWAY):
        assert (await mara.ask(**frame))["type"] == "ack"
    await ana.frame("room:away")
    assert await ana.without("room:away")


async def test_one_tab_speaks_for_all_of_a_person(two, sockets, people, room):
    phone = await sockets.open(people.owner, room.code)
    mara, ana = two
    await mara.ask(**AWAY)
    await ana.frame("room:away")
    await phone.ask(**BACK)
    assert (await ana.frame("room:away"))["away"] == []


async def test_a_reload_changes_nothing_and_leaving_ends_it(
    two, sockets, people, room, frozen_clock
):
    mara, ana = two
    await mara.ask(**AWAY)
    await mara.close()
    mara = await sockets.open(people.owner, room.code)
    assert mara.snapshot["away"] == [str(people.owner.pk)]
    await mara.close()
    frozen_clock.advance(5_000)
    await sockets.run_due()
    await ana.frame("room:member:left")
    mara = await sockets.open(people.owner, room.code)
    assert mara.snapshot["away"] == []


async def test_who_is_sent_out_comes_back_to_the_screen(two, sockets, people, room):
    mara, ana = two
    await ana.ask(**AWAY)
    places = await in_db(
        lambda: [member_in(room, str(one.pk)) for one in (people.owner, people.member)]
    )()
    await in_db(member_kick)(actor=places[0], target=places[1])
    await mara.frame("room:member:left")
    later = await sockets.open(people.guest, room.code)
    assert later.snapshot["away"] == []


@pytest.mark.parametrize("frame", [{}, {"away": "yes"}, {"away": 1}, {"away": True, "for_s": 60}])
async def test_what_is_malformed_is_refused(two, frame):
    answer = await two[0].ask(type="room:away", **frame)
    assert (answer["type"], answer["code"]) == ("error", "invalid")

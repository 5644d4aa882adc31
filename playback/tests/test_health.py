"""How everybody who watches does: who sees it, in which order, and what it says of whom."""

import pytest
from channels.db import database_sync_to_async

from playback import stall_store
from playback.tests.test_players import report
from syncwatch.lib import clock, metrics

pytestmark = pytest.mark.django_db(transaction=True)
in_db = database_sync_to_async
FINE = {"drift_ms": -3.5, "rtt_ms": 40, "buffered": 12.5, "clock_bound_ms": 2.25, "quality": 720}


@pytest.fixture
def health(api, people, room):
    """`await health()`: the answer to Ana; or to somebody else, or to a query."""

    @in_db
    def ask(who=people.member, **query):
        return api(who).get(f"/api/rooms/{room.code}/health/", query)

    return ask


async def who(health, **query):
    """Names and states in their order."""
    return [
        (one["user"]["display_name"], one["state"])
        for one in (await health(**query)).json()["results"]
    ]


async def test_it_says_how_a_film_runs_with_somebody(sockets, people, room, health, frozen_clock):
    mara = await sockets.open(people.owner, room.code)
    await report(mara, "playing", **FINE)
    frozen_clock.advance(1_200)
    answer = (await health()).json()
    assert answer["count"] == 1
    (row,) = answer["results"]
    assert row["user"]["display_name"] == "Mara"
    assert row | {"user": None} == {
        "user": None,
        "state": "playing", "drift_ms": -3.5, "rtt_ms": 40.0, "buffered_s": 12.5, "quality": 720,
        "clock_bound_ms": 2.25, "age_ms": 1_200, "waited_for": False, "exempt": False,
    }  # fmt: skip
    assert (await health()).json() == answer, "looking changes nothing"


async def test_what_a_browser_does_not_say_is_null(sockets, people, room, health):
    mara = await sockets.open(people.owner, room.code)
    await report(mara, "paused", drift_ms=7)
    (row,) = (await health()).json()["results"]
    assert (row["drift_ms"], row["quality"], row["clock_bound_ms"]) == (None, None, None)


async def test_those_out_of_step_come_first(sockets, people, room, health):
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    ilya = await sockets.open(people.guest, room.code)
    await report(mara, "playing", drift_ms=4)
    await report(ana, "playing", drift_ms=-90)
    await report(ilya, "buffering")
    order = [("Ilya", "buffering"), ("Ana", "playing"), ("Mara", "playing")]
    assert await who(health) == order
    assert await who(health, limit=2) == order[:2]
    assert (await health(limit=1)).json()["count"] == 3


async def test_whom_the_room_waits_for_and_whom_not(sockets, people, room, health, frozen_clock):
    room.wait = {"mode": "on", "grace_ms": 250}
    await in_db(room.save)()
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    for one in (mara, ana):
        await report(one, "ready")
    seq = (await mara.ask(type="sync:play"))["seq"]
    frozen_clock.advance(1_000)
    await report(mara, "playing", seq)
    await report(ana, "buffering", seq)
    frozen_clock.advance(400)
    await sockets.run_due()
    first, second = (await health()).json()["results"]
    assert (first["user"]["display_name"], first["waited_for"]) == ("Ana", True)
    assert (second["user"]["display_name"], second["waited_for"]) == ("Mara", False)
    until_ms = clock.server_ms() + 60_000
    await stall_store.make_exempt(room.code, [str(people.member.id)], until_ms)
    excused = {
        one["user"]["display_name"]: one["exempt"] for one in (await health()).json()["results"]
    }
    assert excused == {"Ana": True, "Mara": False}


async def test_of_two_pages_it_is_the_one_that_follows(sockets, people, room, health, frozen_clock):
    film = await sockets.open(people.owner, room.code)
    other = await sockets.open(people.owner, room.code)
    await report(film, "playing", rtt_ms=40)
    frozen_clock.advance(100)
    await report(other, "detached", rtt_ms=90)
    assert await who(health) == [("Mara", "playing")]
    await film.close()
    assert await who(health) == [("Mara", "detached")]


async def test_who_fell_silent_is_left_out(sockets, people, room, health, frozen_clock):
    mara = await sockets.open(people.owner, room.code)
    await report(mara, "playing")
    frozen_clock.advance(29_999)
    assert await who(health) == [("Mara", "playing")]
    frozen_clock.advance(1)
    assert (await health()).json() == {"results": [], "count": 0}


@pytest.mark.parametrize("limit", ["0", "101", "many", "1e3", ""])
async def test_a_limit_that_is_none_is_refused(health, limit):
    assert (await health(limit=limit)).status_code == 400


async def test_strangers_learn_nothing(health, people, room):
    assert (await health(people.stranger)).status_code == 403
    room.visibility = "private"
    await in_db(room.save)()
    assert (await health(people.stranger)).status_code == 404


async def test_what_is_only_asked_for_is_not_told_to_the_room(sockets, people, room):
    mara = await sockets.open(people.owner, room.code)
    await report(mara, "playing", **FINE)
    await sockets.run_due()
    (told,) = (await mara.frame("sync:members"))["members"]
    assert told.keys().isdisjoint({"quality", "clock_bound_ms"})


# --- the numbers of the process --------------------------------------------------------------


def counted(name):
    """How often it was observed so far."""
    (line,) = [
        line
        for line in metrics.render().splitlines()
        if line.startswith(f"syncwatch_{name}_seconds_count")
    ]
    return int(line.rpartition(" ")[2])


async def test_statuses_are_counted_where_they_say_something(sockets, people, room):
    names = ("drift", "rtt", "buffered", "clock_bound")
    mara = await sockets.open(people.owner, room.code)
    before = {name: counted(name) for name in names}
    await report(mara, "playing", **FINE)
    await report(mara, "playing", drift_ms=0)
    await report(mara, "paused", drift_ms=7)
    assert [counted(name) - before[name] for name in names] == [1, 3, 2, 1]

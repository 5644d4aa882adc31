"""How many people at once: the last seat goes to one of two, who looks after the room has one"""

import asyncio

import pytest
from channels.db import database_sync_to_async
from django.test import Client

from accounts import sessions
from accounts.models import User
from rooms import memberships, rules, store
from rooms.gateway.hub import running_hub
from rooms.models import Room
from syncwatch.lib import redis

in_db = database_sync_to_async
FULL = 4423


@pytest.mark.parametrize(
    ("role", "counts"), [("owner", None), ("moderator", None), ("member", 5), ("guest", 5)]
)
def test_whoever_looks_after_the_room_always_has_a_seat(role, counts):
    assert rules.seats_for(role, 5) == counts
    assert rules.seats_for(role, None) is None


# --- set by the owner ------------------------------------------------------------------------


@pytest.fixture
def change(api, room):
    return lambda user, **body: api(user).patch(f"/api/rooms/{room.code}/", body, format="json")


def test_the_owner_says_how_many_and_takes_it_back(change, people, room):
    assert change(people.owner, seats=4).json()["seats"] == 4
    assert change(people.owner, seats=4).json()["seats"] == 4
    assert change(people.owner, seats=None).json()["seats"] is None


@pytest.mark.parametrize("seats", [0, 1, -3, 10_001, "many", 2.5, [4]])
def test_nonsense_is_refused(change, people, room, refusal, seats):
    assert refusal(change(people.owner, seats=seats)) == (400, "invalid")


@pytest.mark.parametrize(
    ("who", "expected"),
    [("member", (403, "no_settings")), ("stranger", (403, "not_a_member")),
     (None, (401, "not_signed_in"))],
)  # fmt: skip
def test_others_do_not(change, people, room, refusal, who, expected):
    assert refusal(change(who and getattr(people, who), seats=4)) == expected


# --- at the door -----------------------------------------------------------------------------


def sit(room, *names):
    redis.sync().zadd(f"{{room:{room.code}}}:present", dict.fromkeys(names, 1))


def test_a_full_room_says_so_at_the_door(api, people, room, refusal):
    Room.objects.update(seats=2)
    sit(room, "a", "b")
    response = api(people.stranger).post(f"/api/rooms/{room.code}/join/")
    assert refusal(response) == (409, "room_full")
    assert "2 people" in response.json()["error"]["message"]
    redis.sync().flushall()
    assert api(people.stranger).post(f"/api/rooms/{room.code}/join/").status_code == 200


@pytest.mark.parametrize(("who", "status"), [("owner", 200), ("member", 409)])
def test_the_page_of_a_full_room(people, room, who, status):
    Room.objects.update(seats=2)
    sit(room, "a", "b")
    client = Client()
    user = getattr(people, who)
    client.cookies["access"] = sessions.session_open(user=user, agent="test").access
    page = client.get(f"/r/{room.code}")
    assert page.status_code == status
    if status != 200:
        assert page.context["problem"]["code"] == "room_full"
        assert "The room is full" in page.content.decode()
    sit(room, str(user.pk))
    assert client.get(f"/r/{room.code}").status_code == 200, "who is in there has their seat"


# --- at the socket ---------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
class TestSeats:
    @pytest.fixture
    def small(self, room):
        Room.objects.update(seats=2)
        return room

    async def test_of_two_at_the_last_seat_exactly_one_gets_in(self, sockets, people, small):
        ben, noor, lena = [
            await in_db(User.objects.create_guest)(name) for name in ("Ben", "Noor", "Lena")
        ]
        for guest in (ben, noor, lena):
            await in_db(memberships.place_take)(user=guest, room=small, role="guest")
        await sockets.open(people.guest, small.code)
        tries = [await sockets.prepare(each, small.code) for each in (ben, noor, lena)]

        async def opened(socket):
            try:
                await socket.open()
            except Exception as closed:  # noqa: BLE001
                return closed.code
            return "in"

        ends = await asyncio.gather(*(opened(each) for each in tries))
        assert sorted(map(str, ends)) == [str(FULL), str(FULL), "in"]
        assert await in_db(store.head_counts_sync)([small.code]) == {small.code: 2}

    async def test_owner_and_moderators_come_in_all_the_same(self, sockets, people, small):
        await sockets.open(people.member, small.code)
        await sockets.open(people.guest, small.code)
        assert (await sockets.open(people.owner, small.code)).snapshot["member_count"] == 3

    async def test_a_second_tab_takes_no_seat(self, sockets, people, small):
        for _ in range(3):
            await sockets.open(people.guest, small.code)
        assert (await sockets.open(people.member, small.code)).snapshot["member_count"] == 2

    async def test_a_seat_is_free_when_somebody_is_gone(self, sockets, people, small, frozen_clock):
        await sockets.open(people.owner, small.code)
        ilya = await sockets.open(people.guest, small.code)
        assert await sockets.refusal(people.member, small.code) == FULL
        await ilya.close()
        frozen_clock.advance(store.COMEBACK_MS)
        await sockets.run_due()
        await sockets.open(people.member, small.code)

    async def test_a_reload_keeps_its_seat(self, sockets, people, small, frozen_clock):
        await sockets.open(people.owner, small.code)
        ilya = await sockets.open(people.guest, small.code)
        await ilya.close()
        await sockets.open(people.guest, small.code)

    async def test_fewer_seats_send_nobody_away(self, sockets, people, room):
        held = [await sockets.open(each, room.code) for each in (people.member, people.guest)]
        third = await sockets.open(people.owner, room.code)
        await in_db(Room.objects.update)(seats=2)
        redis.sync().flushall()
        await running_hub().audit()
        for each in (*held, third):
            assert (await each.frame("room:snapshot"))["epoch"]
        assert await in_db(store.head_counts_sync)([room.code]) == {room.code: 3}

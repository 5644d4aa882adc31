"""A room its host closed comes back while they want it; what others closed does not"""

import pytest
from channels.db import database_sync_to_async
from django.test import Client

from accounts import sessions
from rooms import services
from rooms.models import Membership, Room
from rooms.places.reopening import BACK_FOR

in_db = database_sync_to_async


@pytest.fixture
def reopen(api, room):
    return lambda user: api(user).post(f"/api/rooms/{room.code}/reopen/")


@pytest.fixture
def closed(api, people, room):
    assert api(people.owner).delete(f"/api/rooms/{room.code}/").status_code == 204
    return room


def listed(api, user):
    return [row["code"] for row in api(user).get("/api/rooms/?closed=1").json()["results"]]


def test_its_host_finds_it_and_opens_it_again(api, reopen, people, closed):
    assert listed(api, people.owner) == [closed.code]
    assert listed(api, people.member) == []
    assert reopen(people.owner).json()["code"] == closed.code
    assert listed(api, people.owner) == []
    assert api(people.member).get(f"/api/rooms/{closed.code}/").json()["me"]["role"] == "member"
    assert reopen(people.owner).status_code == 200, "said again"


def test_everything_in_it_is_where_it_was(api, reopen, people, closed):
    reopen(people.owner)
    assert Membership.objects.filter(room=closed, ended_at=None).count() == 3
    assert len(api(people.member).get("/api/rooms/").json()["results"]) == 1


def test_meanwhile_it_is_absent_for_everybody(api, people, closed, refusal):
    for user in (people.owner, people.member, people.stranger):
        assert refusal(api(user).get(f"/api/rooms/{closed.code}/")) == (404, "not_found")


@pytest.mark.parametrize("who", ["member", "guest", "stranger"])
def test_nobody_else_opens_it(reopen, people, closed, refusal, who):
    assert refusal(reopen(getattr(people, who))) == (404, "not_found")
    assert Room.objects.get().closed_at


def test_nobody_opens_it_without_a_name(reopen, closed, refusal):
    assert refusal(reopen(None)) == (401, "not_signed_in")


def test_after_a_month_it_is_over(api, reopen, people, closed, refusal, frozen_clock):
    Room.objects.update(back_until=services.clock.now())
    assert listed(api, people.owner) == []
    assert refusal(reopen(people.owner)) == (404, "not_found")


def test_the_month_is_counted_from_the_closing(people, room, frozen_clock):
    services.room_close(room=room, by=people.owner)
    room.refresh_from_db()
    assert room.back_until - room.closed_at == BACK_FOR


@pytest.mark.parametrize("by", [None, "member"])
def test_what_others_or_time_closed_stays_closed(api, reopen, people, room, refusal, by):
    services.room_close(room=room, by=by and getattr(people, by))
    assert listed(api, people.owner) == []
    assert refusal(reopen(people.owner)) == (404, "not_found")


@pytest.mark.parametrize("code", ["nonsense", "000000000000", "%00", "ÄÖ"])
def test_no_such_room(api, people, refusal, code):
    assert refusal(api(people.owner).post(f"/api/rooms/{code}/reopen/")) == (404, "not_found")


def test_home_offers_it(people, closed):
    client = Client()
    client.cookies["access"] = sessions.session_open(user=people.owner, agent="test").access
    text = client.get("/home").content.decode()
    assert f'data-reopen="{closed.code}"' in text
    client.cookies["access"] = sessions.session_open(user=people.member, agent="test").access
    assert "data-reopen" not in client.get("/home").content.decode()


@pytest.mark.django_db(transaction=True)
async def test_closed_its_sockets_end_and_opened_they_come_in(sockets, people, room):
    ana = await sockets.open(people.member, room.code)
    await in_db(services.room_close)(room=room, by=people.owner)
    assert await ana.closing_code() == 4404
    from rooms.places.reopening import room_reopen

    await in_db(room_reopen)(user=people.owner, code=room.code)
    assert (await sockets.open(people.member, room.code)).snapshot["room"]["code"] == room.code

"""Who is in a room: two tabs, kicks that race with coming in, and crowds."""

import asyncio

import pytest
from channels.db import database_sync_to_async

from rooms import memberships, services, store
from rooms.gateway import admission
from rooms.gateway.hub import running_hub
from rooms.models import Membership
from syncwatch.lib import redis
from syncwatch.tests.sent_away import kick
from syncwatch.tests.socket_client import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("light")]
in_db = database_sync_to_async


def somebody(number):
    user = {"id": f"00000000-0000-7000-8000-{number:012d}", "display_name": f"P{number}",
            "guest": True, "avatar": 1}  # fmt: skip
    return {"user": user, "role": "guest", "capabilities": [], "presence": "online"}


async def crowd(code, size):
    """`size` people who are in the room by another process."""
    for number in range(size):
        await store.arrive(code, conn_id=f"c{number}", member=somebody(number))


async def test_a_kick_closes_every_tab(sockets, people, room):
    tabs = [await sockets.open(people.guest, room.code) for _ in range(3)]
    mara = await sockets.open(people.owner, room.code)
    await kick(room, actor=people.owner, target=people.guest)
    assert [await tab.closing_code() for tab in tabs] == [4403] * 3
    assert (await mara.frame("room:member:left"))["user_id"] == str(people.guest.id)
    assert (await store.people(room.code))[1] == 1


async def test_leaving_by_the_api_closes_the_socket_and_the_room_hears_it(sockets, people, room):
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    place = await Membership.objects.select_related("room").aget(room=room, user=people.member)
    await in_db(memberships.room_leave)(membership=place)
    assert (await mara.frame("room:member:left"))["reason"] == "left"
    assert await ana.closing_code() == 4403


async def test_a_kick_between_reading_the_membership_and_coming_in_wins(
    sockets, people, room, monkeypatch
):
    await sockets.open(people.owner, room.code)
    admit = admission.admit

    async def admit_then_kick(**fields):
        caller = await admit(**fields)
        await kick(room, actor=people.owner, target=people.guest)
        return caller

    monkeypatch.setattr(admission, "admit", admit_then_kick)
    assert await sockets.refusal(people.guest, room.code) == 4403
    assert (await store.people(room.code))[1] == 1
    await until(lambda: len(running_hub().rooms[room.code].connections) == 1)


async def test_who_is_invited_again_comes_in_at_once(sockets, people, room):
    await sockets.open(people.guest, room.code)
    await kick(room, actor=people.owner, target=people.guest)
    await in_db(memberships.place_take)(user=people.guest, room=room, role="guest")
    again = await sockets.open(people.guest, room.code)
    assert again.snapshot["me"]["role"] == "guest"


async def test_a_drop_that_arrives_late_leaves_who_is_back(sockets, people, room, monkeypatch):
    """Of two servers the slower one may hear of the kick after it let them in again."""
    tab = await sockets.open(people.guest, room.code)
    hub, late = running_hub(), []
    on_message = hub._on_message
    monkeypatch.setattr(hub, "_on_message", late.append)
    await kick(room, actor=people.owner, target=people.guest)
    await in_db(memberships.place_take)(user=people.guest, room=room, role="guest")
    again = await sockets.open(people.guest, room.code)
    await until(lambda: [each for each in late if each["type"] == "room.drop"])
    for message in late:
        on_message(message)
    assert await tab.closing_code() == 4403
    answer = await again.ask(type="light:switch", on=True)
    assert answer["type"] == "ack", answer


async def test_a_kick_closes_a_socket_whose_lease_was_lost(sockets, people, room):
    tab = await sockets.open(people.guest, room.code)
    redis.sync().flushall()
    await kick(room, actor=people.owner, target=people.guest)
    assert await tab.closing_code() == 4403


async def test_a_new_role_reaches_all_tabs_and_the_room(sockets, people, room):
    mara = await sockets.open(people.owner, room.code)
    tabs = [await sockets.open(people.guest, room.code) for _ in range(2)]
    await in_db(services.room_update)(room=room, by=people.owner, changes={"control": "owner"})
    places = Membership.objects.select_related("room", "user")
    actor = await places.aget(room=room, user=people.owner)
    target = await places.aget(room=room, user=people.guest)
    await in_db(memberships.role_set)(actor=actor, target=target, role="moderator")
    updated = (await mara.frame("room:member:updated"))["member"]
    assert (updated["role"], updated["presence"]) == ("moderator", "online")
    held = running_hub().rooms[room.code].of_user(str(people.guest.id))
    assert len(held) == len(tabs)
    await until(lambda: {each.caller.role for each in held} == {"moderator"})
    people_now, _ = await store.people(room.code)
    assert any(b'"moderator"' in bytes(each) for each in people_now)


async def test_a_new_role_of_somebody_who_is_away_does_not_show_them_here(sockets, people, room):
    mara = await sockets.open(people.owner, room.code)
    places = Membership.objects.select_related("room", "user")
    actor = await places.aget(room=room, user=people.owner)
    target = await places.aget(room=room, user=people.guest)
    await in_db(memberships.role_set)(actor=actor, target=target, role="member")
    updated = (await mara.frame("room:member:updated"))["member"]
    assert (updated["role"], updated["presence"]) == ("member", "offline")
    assert (await store.people(room.code))[1] == 1


async def test_a_reload_within_the_moment_is_not_told(sockets, people, room, frozen_clock):
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    await mara.frame("room:member:joined")
    await ana.close()
    frozen_clock.advance(2_000)
    await sockets.open(people.member, room.code)
    frozen_clock.advance(10_000)
    await sockets.run_due()
    assert await mara.quiet()


async def test_up_to_fifty_everybody_is_announced(sockets, people, room):
    await crowd(room.code, 48)
    mara = await sockets.open(people.owner, room.code)
    await sockets.open(people.member, room.code)
    assert (await mara.frame("room:member:joined"))["member"]["role"] == "member"


async def test_past_fifty_comings_and_goings_are_told_together_and_rarely(
    sockets, people, room, frozen_clock
):
    await crowd(room.code, 50)
    mara = await sockets.open(people.owner, room.code)
    frozen_clock.advance(1_000)
    await sockets.run_due()
    own = await mara.frame("room:members")
    assert [each["user"]["display_name"] for each in own["joined"]] == ["Mara"]
    assert own["count"] == 51
    before = mara.snapshot["seq"]
    await sockets.open(people.member, room.code)
    await sockets.open(people.guest, room.code)
    assert await mara.quiet(), "not one by one"
    frozen_clock.advance(500)
    await sockets.run_due()
    told = await mara.frame("room:members")
    assert {each["user"]["display_name"] for each in told["joined"]} == {"Ana", "Ilya"}
    assert (told["left"], told["count"]) == ([], 53)
    assert "seq" not in told
    assert (await store.live_state([room.code]))[room.code][0] == before


async def test_in_a_crowd_goings_are_told_by_id(sockets, people, room, frozen_clock):
    await crowd(room.code, 52)
    mara = await sockets.open(people.owner, room.code)
    frozen_clock.advance(500)
    await sockets.run_due()
    await mara.frame("room:members")
    await store.depart(room.code, user_id=somebody(7)["user"]["id"], conn_id="c7")
    frozen_clock.advance(4_000)
    await sockets.run_due()
    frozen_clock.advance(500)
    await sockets.run_due()
    told = await mara.frame("room:members")
    assert told["left"] == [somebody(7)["user"]["id"]]
    assert told["count"] == 52


async def test_who_is_gone_and_back_as_the_crowd_thins_is_here(sockets, people, room, frozen_clock):
    """The last goings of a crowd wait to be told; a coming right after is told behind them."""
    await crowd(room.code, 51)
    for number in range(2):
        await store.depart(room.code, user_id=somebody(number)["user"]["id"], conn_id=f"c{number}")
    frozen_clock.advance(4_000)
    await store.sweep(room.code)
    assert (await store.people(room.code))[1] == 49
    mara = await sockets.open(people.owner, room.code)
    await store.arrive(room.code, conn_id="c0", member=somebody(0))
    frozen_clock.advance(500)
    await sockets.run_due()
    told = await mara.frame("room:members", "room:member:joined")
    assert told["type"] == "room:members"
    assert told["left"] == [somebody(1)["user"]["id"]]
    assert somebody(0) in told["joined"]


async def test_the_snapshot_names_a_hundred_and_counts_all(sockets, people, room):
    from rooms.realtime import RoomOwnEvents

    sockets.use(RoomOwnEvents())
    await crowd(room.code, 120)
    mara = await sockets.open(people.owner, room.code)
    assert len(mara.snapshot["members"]) == 100
    assert mara.snapshot["member_count"] == 121
    assert mara.snapshot["room"]["code"] == room.code


async def test_an_older_socket_that_says_goodbye_late_does_not_take_the_newer_along(
    sockets, people, room, frozen_clock
):
    mara = await sockets.open(people.owner, room.code)
    tab = "6a1f9c1e-0000-4000-8000-000000000001"
    old = await sockets.open(people.member, room.code, tab=tab)
    new = await sockets.open(people.member, room.code, tab=tab)
    assert await old.closing_code() == 4409
    await old.close()
    await asyncio.sleep(0)
    frozen_clock.advance(5_000)
    await sockets.run_due()
    await mara.frame("room:member:joined")
    assert await mara.quiet()
    assert (await new.ask(type="light:switch", on=True))["type"] == "ack"


async def test_the_same_tab_of_another_person_replaces_nobody(sockets, people, room):
    tab = "6a1f9c1e-0000-4000-8000-000000000002"
    mara = await sockets.open(people.owner, room.code, tab=tab)
    await sockets.open(people.member, room.code, tab=tab)
    assert (await mara.ask(type="light:switch", on=True))["type"] == "ack"


async def test_the_same_tab_in_another_room_replaces_nothing(sockets, people, room):
    other = await in_db(services.room_create)(owner=people.owner, name="Other")
    tab = "6a1f9c1e-0000-4000-8000-000000000003"
    mara = await sockets.open(people.owner, room.code, tab=tab)
    await sockets.open(people.owner, other.code, tab=tab)
    assert (await mara.ask(type="light:switch", on=True))["type"] == "ack"

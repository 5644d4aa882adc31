"""Presence as friends see it: who is where, how soon, and as far as each allows"""

import pytest
from channels.db import database_sync_to_async

from accounts import friend_selectors, friends, presence, presence_store, services
from accounts.models import User
from rooms import memberships
from rooms import services as rooms
from rooms.gateway.hub import running_hub
from rooms.models import Membership
from syncwatch.lib import redis

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("light")]
in_db = database_sync_to_async
FILM = {"item_id": "1", "title": "Big Buck Bunny", "video_id": "2"}


@pytest.fixture
def pair(people):
    """Mara and Ana are friends."""
    friends.friend_ask(user=people.owner, other=people.member)
    friends.friend_accept(user=people.member, other=people.owner)
    return people


@in_db
def _seen(viewer):
    [row] = friend_selectors.friends_page(User.objects.get(pk=viewer.pk))["friends"]
    return row


async def seen(viewer):
    """How the viewer's one friend is, as fetched: (presence, code of the room)."""
    while await presence.settle():
        pass
    row = await _seen(viewer)
    return row["presence"], row["room"] and row["room"]["code"]


async def load(room, playing=FILM):
    await in_db(rooms.now_playing_set)(room_id=str(room.id), now_playing=playing)


async def test_online_with_a_page_open_offline_four_seconds_after(sockets, pair, frozen_clock):
    assert await seen(pair.owner) == ("offline", None)
    ana = await sockets.me(pair.member)
    assert await seen(pair.owner) == ("online", None)
    await ana.close()
    frozen_clock.advance(presence_store.COMEBACK_MS - 1)
    assert await seen(pair.owner) == ("online", None)
    frozen_clock.advance(2)
    assert await seen(pair.owner) == ("offline", None)


async def test_a_reload_is_not_told(sockets, pair, frozen_clock):
    mara = await sockets.me(pair.owner)
    ana = await sockets.me(pair.member)
    await seen(pair.owner)
    await mara.frame("presence:changed")
    await ana.close()
    frozen_clock.advance(2_000)
    await sockets.me(pair.member)
    frozen_clock.advance(10_000)
    await running_hub().renew_leases()
    assert await seen(pair.owner) == ("online", None)
    assert await mara.quiet()


async def test_a_killed_process_leaves_no_ghost(sockets, pair, frozen_clock):
    await sockets.me(pair.member)
    assert await seen(pair.owner) == ("online", None)
    frozen_clock.advance(presence_store.LEASE_MS + 1)  # and nobody renewed
    assert await seen(pair.owner) == ("offline", None)


async def test_who_stays_stays(sockets, pair, frozen_clock):
    await sockets.me(pair.member)
    for _ in range(6):
        frozen_clock.advance(8_000)
        await running_hub().renew_leases()
        assert await seen(pair.owner) == ("online", None)


async def test_in_a_room_is_online_with_a_film_watching(sockets, pair, room, frozen_clock):
    mara = await sockets.me(pair.owner)
    await sockets.open(pair.member, room.code)
    assert await seen(pair.owner) == ("online", room.code)
    told = await mara.frame("presence:changed")
    assert told["room"] == {"code": room.code, "name": room.name, "title": None}
    await load(room)
    assert await seen(pair.owner) == ("watching", room.code)
    told = await mara.frame("presence:changed")
    assert (told["presence"], told["room"]["title"]) == ("watching", "Big Buck Bunny")
    await load(room, None)
    assert await seen(pair.owner) == ("online", room.code)


async def test_leaving_the_room_for_another_page(sockets, pair, room, frozen_clock):
    socket = await sockets.open(pair.member, room.code)
    await load(room)
    assert await seen(pair.owner) == ("watching", room.code)
    await socket.close()
    await sockets.me(pair.member)
    assert await seen(pair.owner) == ("watching", room.code)
    frozen_clock.advance(presence_store.COMEBACK_MS + 1)
    assert await seen(pair.owner) == ("online", None)


async def test_in_two_rooms_the_one_with_a_film_counts(sockets, pair, room, frozen_clock):
    other = await in_db(rooms.room_create)(owner=pair.member, name="Second")
    await sockets.open(pair.member, room.code)
    await sockets.open(pair.member, other.code)
    assert await seen(pair.owner) == ("online", other.code)
    await load(room)
    assert await seen(pair.owner) == ("watching", room.code)


async def test_a_room_gets_another_name_and_is_closed(sockets, pair, room, frozen_clock):
    await sockets.open(pair.member, room.code)
    await seen(pair.owner)
    await in_db(rooms.room_update)(room=room, by=pair.owner, changes={"name": "Monday"})
    await seen(pair.owner)
    assert (await _seen(pair.owner))["room"]["name"] == "Monday"
    await in_db(rooms.room_close)(room=room, by=pair.owner)
    assert await seen(pair.owner) == ("online", None)


async def test_a_private_room_shows_to_its_members_alone(sockets, pair, frozen_clock):
    hidden = await in_db(rooms.room_create)(owner=pair.member, name="Ours", visibility="private")
    mara = await sockets.me(pair.owner)
    await sockets.open(pair.member, hidden.code)
    await load(hidden)
    assert await seen(pair.owner) == ("watching", None)
    assert (await mara.frame("presence:changed"))["room"] is None
    await in_db(memberships.place_take)(user=pair.owner, room=hidden, role="member")
    assert await seen(pair.owner) == ("watching", hidden.code)
    told = await mara.frame("presence:changed")
    expected = {"code": hidden.code, "name": "Ours", "title": "Big Buck Bunny"}
    assert told["room"] == expected, "told at once"
    place = await Membership.objects.select_related("room", "user").aget(
        room=hidden, user=pair.owner
    )
    await in_db(memberships.room_leave)(membership=place)
    assert (await mara.frame("presence:changed"))["room"] is None, "and taken away at once"
    assert await mara.quiet()


@pytest.mark.parametrize(
    ("door", "title"),
    [
        ({"visibility": "public"}, "Big Buck Bunny"),
        ({"visibility": "public", "password": "carrots"}, None),
        ({"visibility": "unlisted"}, None),
        ({"visibility": "unlisted", "password": "carrots"}, None),
    ],
    ids=["public", "public with a password", "unlisted", "unlisted with a password"],
)
async def test_what_is_on_shows_where_one_may_walk_in(sockets, pair, frozen_clock, door, title):
    room = await in_db(rooms.room_create)(owner=pair.member, name="Ours", **door)
    mara = await sockets.me(pair.owner)
    await sockets.open(pair.member, room.code)
    await load(room)
    assert await seen(pair.owner) == ("watching", room.code)
    expected = {"code": room.code, "name": "Ours", "title": title}
    assert (await mara.frame("presence:changed"))["room"] == expected
    assert (await _seen(pair.owner))["room"] == expected
    await in_db(memberships.place_take)(user=pair.owner, room=room, role="guest")
    assert (await _seen(pair.owner))["room"] == expected | {"title": "Big Buck Bunny"}


async def test_a_password_hides_what_is_on_at_once(sockets, pair, frozen_clock):
    room = await in_db(rooms.room_create)(owner=pair.member, name="Ours", visibility="public")
    mara = await sockets.me(pair.owner)
    await sockets.open(pair.member, room.code)
    await load(room)
    await seen(pair.owner)
    assert (await mara.frame("presence:changed"))["room"]["title"] == "Big Buck Bunny"
    await in_db(rooms.room_update)(room=room, by=pair.member, changes={"password": "carrots"})
    await seen(pair.owner)
    told = await mara.frame("presence:changed")
    assert (told["presence"], told["room"]["title"]) == ("watching", None)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [("friends_room", ("watching", True)), ("friends", ("online", False)),
     ("nobody", ("offline", False))],
)  # fmt: skip
async def test_as_far_as_they_allow(sockets, pair, room, frozen_clock, shown, expected):
    mara = await sockets.me(pair.owner)
    await sockets.open(pair.member, room.code)
    await load(room)
    await seen(pair.owner)
    await mara.frame("presence:changed")
    user = await User.objects.aget(pk=pair.member.pk)
    await in_db(services.account_update)(user=user, changes={"presence_shown": shown})
    told = await mara.frame("presence:changed")
    row = await _seen(pair.owner)
    assert (told["presence"], told["room"] is not None) == expected
    assert {name: row[name] for name in ("presence", "room", "since")} == {
        name: told[name] for name in ("presence", "room", "since")
    }


async def test_only_friends_are_told(sockets, pair, room, frozen_clock):
    jonas, ana = await sockets.me(pair.stranger), await sockets.me(pair.member)
    await presence.settle()
    assert await jonas.quiet()
    assert await ana.quiet()
    await sockets.open(pair.owner, room.code)
    await presence.settle()
    assert await jonas.quiet()
    assert (await ana.frame("presence:changed"))["user_id"] == str(pair.owner.id)


async def test_guests_are_nowhere(sockets, pair, room, frozen_clock):
    await sockets.open(pair.guest, room.code)
    await sockets.me(pair.guest)
    assert await presence.settle() == 0
    assert not redis.sync().exists(f"{presence_store.PREFIX}leases:{pair.guest.id}")


async def test_since_when_and_for_offline_last_here(sockets, pair, frozen_clock):
    ana = await sockets.me(pair.member)
    await seen(pair.owner)
    online = (await _seen(pair.owner))["since"]
    await ana.close()
    frozen_clock.advance(5_000)
    await seen(pair.owner)
    assert (await _seen(pair.owner))["since"] > online


async def test_redis_begun_anew_people_are_there_again(sockets, pair, room, frozen_clock):
    await sockets.open(pair.member, room.code)
    assert await seen(pair.owner) == ("online", room.code)
    redis.sync().flushall()
    assert await seen(pair.owner) == ("offline", None)
    await running_hub().audit()
    frozen_clock.advance(8_000)
    await running_hub().renew_leases()
    frozen_clock.advance(presence_store.LEASE_MS)
    await running_hub().renew_leases()
    assert (await seen(pair.owner))[0] == "online"


async def test_news_that_did_not_get_out_are_told_again(sockets, pair, frozen_clock, monkeypatch):
    mara = await sockets.me(pair.owner)
    await presence.settle()
    await sockets.me(pair.member)
    real, fails = presence._news, [True]

    def news(changed):
        if fails:
            fails.pop()
            raise OSError("the database is away")
        return real(changed)

    monkeypatch.setattr(presence, "_news", news)
    with pytest.raises(OSError, match="away"):
        await presence.settle()
    await presence.settle()
    assert (await mara.frame("presence:changed"))["presence"] == "online"


async def test_five_hundred_people_settle_in_batches(pair, frozen_clock):
    users = [f"01890000-0000-7000-8000-{number:012d}" for number in range(250)]
    for user in users:
        await presence.arrive(user, "1")
    assert [await presence.settle() for _ in range(4)] == [100, 100, 50, 0]
    await redis.close_shared()

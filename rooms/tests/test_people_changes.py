"""A new name or picture reaches open rooms at once"""

import pytest
from channels.db import database_sync_to_async

from accounts import friends, services
from accounts.models import User
from accounts.pictures.services import picture_remove, picture_set
from accounts.tests.pictures import drawn
from rooms import services as room_services
from rooms.models import Membership, Room

in_db = database_sync_to_async
pytestmark = pytest.mark.django_db(transaction=True)


async def updated(socket):
    return (await socket.frame("room:member:updated"))["member"]


async def test_everybody_sees_a_new_picture_and_that_it_went(sockets, people, room):
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    assert ana.snapshot["me"]["user"]["picture"] is None
    await in_db(picture_set)(user=people.member, raw=drawn())
    for socket in (mara, ana):
        member = await updated(socket)
        assert member["user"]["id"] == str(people.member.pk)
        assert member["user"]["picture"] == people.member.picture
        assert (member["role"], member["presence"]) == ("member", "online")
    await in_db(picture_remove)(user=people.member)
    assert (await updated(mara))["user"]["picture"] is None


async def test_who_comes_later_sees_it_in_the_snapshot(sockets, people, room):
    await sockets.open(people.member, room.code)
    await in_db(picture_set)(user=people.member, raw=drawn())
    mara = await sockets.open(people.owner, room.code)
    shown = {each["user"]["id"]: each["user"]["picture"] for each in mara.snapshot["members"]}
    assert shown[str(people.member.pk)] == people.member.picture


async def test_a_new_name_too(sockets, people, room):
    mara = await sockets.open(people.owner, room.code)
    await sockets.open(people.member, room.code)
    await in_db(services.account_update)(user=people.member, changes={"display_name": "Anna"})
    assert (await updated(mara))["user"]["display_name"] == "Anna"


async def test_friends_and_who_shares_an_ask_see_it_on_their_small_sockets(sockets, people):
    noor = await in_db(User.objects.create_user)("noor", "x", display_name="Noor")

    def lists():
        friends.friend_ask(user=people.member, other=people.owner)
        friends.friend_accept(user=people.owner, other=people.member)
        friends.friend_ask(user=people.member, other=people.stranger)
        friends.friend_ask(user=noor, other=people.member)

    await in_db(lists)()
    pages = [await sockets.me(each) for each in (people.owner, people.stranger, noor)]
    await in_db(picture_set)(user=people.member, raw=drawn())
    for page in pages:
        shown = (await page.frame("friend:updated"))["user"]
        assert (shown["id"], shown["picture"]) == (str(people.member.pk), people.member.picture)
    fresh = (await sockets.me(people.owner)).snapshot["friends"]
    assert fresh[0]["user"] == shown, "the list and the event agree"
    await in_db(services.account_update)(user=people.member, changes={"display_name": "Anna"})
    assert (await pages[0].frame("friend:updated"))["user"]["display_name"] == "Anna"
    await in_db(services.account_update)(user=people.member, changes={"display_name": "Anna"})
    assert await pages[0].without("friend:updated"), "the same name again is no news"


async def test_who_does_not_see_the_ask_hears_nothing_of_who_made_it(sockets, people):
    def asks():
        for other in (people.owner, people.stranger):
            friends.friend_ask(user=people.member, other=other)
        friends.friend_decline(user=people.owner, other=people.member)
        friends.block_add(user=people.stranger, other=people.member)

    await in_db(asks)()
    pages = [await sockets.me(each) for each in (people.owner, people.stranger, people.guest)]
    await in_db(picture_set)(user=people.member, raw=drawn())
    for page in pages:
        assert await page.quiet()


async def test_rooms_where_one_is_not_hear_nothing(sockets, people, room):
    other = await in_db(room_services.room_create)(owner=people.owner, name="Elsewhere")
    await in_db(Membership.objects.create)(room=other, user=people.member, role="member")
    mara = await sockets.open(people.owner, other.code)
    await in_db(picture_set)(user=people.member, raw=drawn())
    await in_db(room_services.room_update)(
        room=await in_db(Room.objects.get)(pk=other.pk), by=people.owner, changes={"seats": 5}
    )
    event = await mara.frame("room:updated")
    assert event["seq"] == mara.snapshot["seq"] + 1

"""What people do in a room, as lines of its history: who did what, still there after a reload."""

import datetime

import pytest
from channels.db import database_sync_to_async

from chat.models import Message
from playback.tests.live import LiveRoom
from rooms import deeds, invites, memberships, services
from rooms.access import member_in
from rooms.deeds import Deed
from rooms.models import Membership
from syncwatch.lib import clock

pytestmark = pytest.mark.django_db(transaction=True)
in_db = database_sync_to_async


def bodies(room):
    return list(Message.objects.filter(room=room).order_by("rank").values_list("body", flat=True))


@pytest.fixture
def tell(room, people):
    """`tell("pause", position=61)`: Mara did that, now."""

    def one(name, *, by=people.owner, once=None, **facts):
        more = {"once": once} if once else {}
        deed = Deed(str(room.pk), name, str(by.pk) if by else None, facts, **more)
        deeds.done(deed)
        return deed

    return one


SAID = [
    ("play", {"position": 3}, "Mara pressed play"),
    ("pause", {"position": 61.9}, "Mara paused at 1:01"),
    ("seek", {"position": 5400, "back": False}, "Mara jumped to 1:30:00"),
    ("seek", {"position": 12, "back": True}, "Mara jumped back to 0:12"),
    ("rate", {"rate": 1.25}, "Mara set the speed to 1.25×"),
    ("load", {"item_id": "x", "title": "Sintel"}, "Mara started Sintel"),
    ("load", {"item_id": "x", "title": None}, "Mara started a film"),
    ("load", {"item_id": None, "title": None}, "Mara took the film off"),
    ("added", {"title": "Sintel"}, "Mara added Sintel"),
    ("removed", {"title": "Sintel"}, "Mara removed Sintel while it was on"),
    ("kicked", {"user_id": "x", "display_name": "Ana"}, "Mara removed Ana"),
    ("role", {"user_id": "x", "display_name": "Ana", "role": "owner"}, "Mara made Ana owner"),
    ("renamed", {"title": "Club"}, "Mara called the room Club"),
    ("banned", {"user_id": "x", "display_name": "Ana"}, "Mara banned Ana"),
    ("unbanned", {"user_id": "x", "display_name": "Ana"}, "Mara lifted the ban on Ana"),
    ("cleared", {"count": 2}, "Mara cleared 2 messages"),
    ("slow_mode", {"value": 1}, "Mara turned slow mode on, a message every 1 second"),
    ("slow_mode", {"value": 90}, "Mara turned slow mode on, a message every 90 seconds"),
    ("new_guests", {"value": 0}, "Mara lets new guests write at once"),
    ("filters", {}, "Mara changed what the chat keeps out"),
]


@pytest.mark.parametrize(("name", "facts", "words"), SAID)
def test_a_deed_is_told_with_the_name_of_who_did_it(tell, room, name, facts, words):
    tell(name, **facts)
    assert bodies(room) == [words]


def test_what_came_about_by_itself_has_no_name(tell, room):
    tell("load", by=None, item_id="x", title="Sintel")
    tell("removed", by=None, title="Sintel")
    assert bodies(room) == ["Next: Sintel", "Sintel was removed while it was on"]


async def test_everybody_hears_a_deed_as_a_message(sockets, people, room, tell):
    ana = await sockets.open(people.member, room.code)
    await in_db(tell)("added", title="Sintel")
    message = (await ana.frame("chat:message"))["message"]
    assert message["kind"] == "system"
    assert message["author"]["display_name"] == "Mara"
    assert message["deed"] == {"name": "added", "title": "Sintel"}
    assert message["edited_at"] is None


async def test_whoever_comes_later_finds_it(sockets, people, room, tell):
    await in_db(tell)("added", title="Sintel")
    ana = await sockets.open(people.member, room.code)
    assert [each["body"] for each in ana.snapshot["messages"]] == ["Mara added Sintel"]


def test_the_same_deed_told_twice_is_one_line(tell, room):
    tell("pause", once="e:1", position=1)
    tell("added", title="Sintel")
    tell("pause", once="e:1", position=1)
    assert bodies(room) == ["Mara paused at 0:01", "Mara added Sintel"]


def test_one_person_who_looks_for_a_scene_leaves_one_line(tell, room, frozen_clock):
    for position in (10, 20, 30):
        tell("seek", position=position, back=False)
        frozen_clock.advance(3_000)
    assert bodies(room) == ["Mara jumped to 0:30"]
    line = Message.objects.get()
    assert (line.edited_at, line.deed["position"]) == (None, 30)


async def test_the_room_hears_that_a_line_goes_on(sockets, people, room, tell):
    ana = await sockets.open(people.member, room.code)
    await in_db(tell)("seek", position=10, back=False)
    first = (await ana.frame("chat:message"))["message"]
    await in_db(tell)("seek", position=20, back=False)
    second = (await ana.frame("chat:edited"))["message"]
    assert (second["id"], second["body"]) == (first["id"], "Mara jumped to 0:20")
    late = await sockets.open(people.owner, room.code)
    assert late.snapshot["messages"] == [second]


def test_a_line_ends_where_time_or_somebody_else_comes_between(
    tell, room, people, say, frozen_clock
):
    tell("seek", position=10, back=False)
    frozen_clock.advance(10_000)
    tell("seek", position=20, back=False)
    tell("seek", by=people.member, position=30, back=False)
    say("hm")
    frozen_clock.advance(1)
    tell("seek", by=people.member, position=40, back=False)
    tell("pause", by=people.member, position=40)
    assert bodies(room) == [
        "Mara jumped to 0:10",
        "Mara jumped to 0:20",
        "Ana jumped to 0:30",
        "hm",
        "Ana jumped to 0:40",
        "Ana paused at 0:40",
    ]


def test_what_somebody_who_is_gone_did_is_not_told(tell, room, people):
    people.stranger.delete()
    people.stranger.pk = "01890000-0000-7000-8000-000000000000"
    tell("pause", by=people.stranger, position=1)
    assert bodies(room) == []


async def test_nobody_changes_or_takes_back_what_the_room_tells(sockets, people, room, tell):
    await in_db(tell)("pause", by=people.member, position=1)
    ana = await sockets.open(people.member, room.code)
    line = ana.snapshot["messages"][0]["id"]
    assert (await ana.ask(type="chat:edit", id=line, body="No!"))["code"] == "forbidden"
    assert (await ana.ask(type="chat:delete", id=line))["code"] == "forbidden"


async def test_a_moderator_takes_a_line_back(sockets, people, room, tell):
    await in_db(tell)("added", by=people.member, title="something rude")
    mara = await sockets.open(people.owner, room.code)
    line = mara.snapshot["messages"][0]["id"]
    assert (await mara.ask(type="chat:delete", id=line))["type"] == "ack"


def test_a_change_that_is_rolled_back_was_never_done(tell, room):
    from django.db import transaction

    def undone():
        with transaction.atomic():
            tell("added", title="Sintel")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        undone()
    assert bodies(room) == []


# --- what is told ------------------------------------------------------------------------------


def test_coming_leaving_and_coming_back(room, people):
    memberships.room_join(user=people.stranger, room=room)
    memberships.room_join(user=people.stranger, room=room)
    memberships.room_leave(membership=member_in(room, people.stranger.id))
    memberships.room_join(user=people.stranger, room=room)
    name = people.stranger.display_name
    assert bodies(room) == [f"{name} joined", f"{name} left", f"{name} joined"]


def test_coming_by_an_invitation(room, people):
    owner = Membership.objects.get(room=room, user=people.owner)
    invite = invites.invite_create(room=room, by=owner)
    invites.invite_accept(user=people.stranger, invite=invite)
    assert bodies(room) == [f"{people.stranger.display_name} joined"]


def test_being_sent_out_getting_a_role_and_the_room_itself(room, people):
    owner, ana = (
        Membership.objects.get(room=room, user=who) for who in (people.owner, people.member)
    )
    memberships.role_set(actor=owner, target=ana, role="moderator")
    memberships.role_set(actor=owner, target=ana, role="moderator")
    services.ownership_transfer(room=room, by=people.owner, to=ana)
    services.room_update(
        room=room, by=people.member, changes={"name": "Rabbits", "control": "owner"}
    )
    services.room_update(room=room, by=people.member, changes={"name": "Rabbits"})
    memberships.member_kick(
        actor=Membership.objects.get(pk=ana.pk), target=Membership.objects.get(pk=owner.pk)
    )
    assert bodies(room) == [
        "Mara made Ana moderator",
        "Mara made Ana owner",
        "Ana called the room Rabbits",
        "Ana removed Mara",
    ]
    kicked = Message.objects.get(body="Ana removed Mara")
    assert kicked.deed["user_id"] == str(people.owner.id)


async def test_the_remote_is_written_down_within_a_second(room, people, sockets, frozen_clock):
    mara = await sockets.open(people.owner, room.code)
    await mara.ask(type="sync:pause", position=61)
    done_at = clock.now()
    for position in range(8):
        await mara.ask(type="sync:seek", position=position)
    frozen_clock.advance(900)
    await LiveRoom(room.code).run_due()
    assert await in_db(bodies)(room) == ["Mara paused at 1:01", "Mara jumped to 0:07"]
    line = await in_db(Message.objects.earliest)("rank")
    assert abs(line.created_at - done_at) < datetime.timedelta(milliseconds=2)

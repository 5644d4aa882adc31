"""What somebody writes shadow-muted: at no door, in no event, in nobody's snapshot."""

import json
import re

import pytest
from channels.db import database_sync_to_async

from accounts.models import User
from chat import polls, services
from chat.protocol import OpenPoll
from chat.reactions import react
from chat.unheard.services import shadow_mute
from rooms import gateway, memberships
from rooms.access import member_in
from rooms.models import Room
from syncwatch.lib import redis
from syncwatch.tests.test_every_door import DOORS

in_db = database_sync_to_async
pytestmark = pytest.mark.django_db(transaction=True)
MARK, WHY = "marker-7f3a", "reason-7f3a"
ITEM = "01890000-0000-7000-8000-000000000001"
LOOKED_AT = sorted(path for verb, path in DOORS if verb == "get")
THE_TRUTH = "auth/export/"  # what is kept about oneself
QUESTIONS = ("", f"?q={MARK}")


@pytest.fixture(autouse=True)
def _patient(settings):
    settings.RATE_LIMIT_FACTOR = 10_000


def lives(people, room):
    """Everything that takes words, written unheard by the guest; answers the messages' ids."""
    Room.objects.filter(pk=room.pk).update(now_playing={"item_id": ITEM})
    actor = member_in(room, str(people.owner.pk))
    shadow_mute(actor=actor, user=people.guest, reason=WHY)
    who = {"room_id": str(room.pk), "author_id": str(people.guest.pk)}
    said = services.message_send(**who, body=f"@Ana {MARK}", nonce="1", media_time_s=3.0)
    more = [
        services.message_send(**who, body=MARK, nonce="2", reply_to=str(said.pk)),
        services.message_send(**who, body=MARK, nonce="3", style="me"),
        polls.poll_open(
            room_id=str(room.pk), by=str(people.guest.pk), moderates=False,
            frame=OpenPoll(question=MARK, options=[MARK, "no"], nonce="4"),
        ),
    ]  # fmt: skip
    services.message_edit(message=said, body=f"@Ana {MARK} again")
    react(message=said, user_id=str(people.guest.pk), emoji="🔥", on=True)
    polls.vote(
        poll=polls.poll_in(str(room.pk), str(more[2].pk), reader=str(people.guest.pk)),
        user_id=str(people.guest.pk), options=[0],
    )  # fmt: skip
    return [str(each.pk) for each in (said, *more)]


def filled(path, people, room, message):
    """An address with what is known in the place of what it asks for."""
    known = {
        "code": room.code, "user_id": str(people.guest.pk), "message_id": message, "item_id": ITEM,
    }  # fmt: skip
    return re.sub(r"<\w+:(\w+)>", lambda found: known.get(found[1], ITEM), path)


@pytest.fixture
def others(people, room):
    """Whoever else is there and does not manage people."""
    zoe = User.objects.create_guest("Zoe")
    memberships.place_take(user=zoe, room=room, role="guest")
    return [people.member, zoe]


def test_it_is_behind_no_door(api, people, room, others):
    ids = lives(people, room)
    clients = [api(other) for other in others]
    author, opened = api(people.guest), 0
    for path in LOOKED_AT:
        for question in QUESTIONS if path.endswith("messages/") else QUESTIONS[:1]:
            address = "/api/" + filled(path, people, room, ids[0]) + question
            for client in clients:
                answer = client.get(address)
                opened += answer.status_code == 200
                found = content(answer).replace(address, "")
                assert not [each for each in (MARK, WHY, *ids) if each in found], address
            assert path == THE_TRUTH or WHY not in content(author.get(address)), address
    assert opened > 20, "doors that open"


def content(answer):
    return (b"".join(answer) if answer.streaming else answer.content).decode()


async def test_it_is_in_no_event_and_in_nobody_s_snapshot(sockets, people, room, others):
    zoe = others[1]
    pages = [await sockets.open(who, room.code) for who in (people.owner, people.member, zoe)]
    before = redis.sync().lrange(gateway.key(room.code, "recent"), 0, -1)
    ids = await in_db(lives)(people, room)
    assert redis.sync().lrange(gateway.key(room.code, "recent"), 0, -1) == before
    for page in pages:
        while not await page.quiet():
            frame = json.dumps(await page.next())
            assert not [secret for secret in (MARK, WHY, *ids) if secret in frame]
    for who in (people.owner, people.member, zoe):
        snapshot = json.dumps((await sockets.open(who, room.code)).snapshot)
        assert not [secret for secret in (MARK, WHY, *ids) if secret in snapshot]
    own = json.dumps((await sockets.open(people.guest, room.code)).snapshot)
    assert all(message in own for message in ids)
    assert WHY not in own


async def test_a_shadow_muted_member_looks_like_any_other(sockets, people, room):
    def plain(snapshot):
        return {name: part for name, part in snapshot.items() if name != "server_time"}

    both = (people.member, people.guest)
    for who in both:
        await sockets.open(who, room.code)
    looks = [plain((await sockets.open(who, room.code)).snapshot) for who in both]
    seen = redis.sync().lrange(gateway.key(room.code, "recent"), 0, -1)
    actor = await in_db(member_in)(room, str(people.owner.pk))
    await in_db(shadow_mute)(actor=actor, user=people.guest, reason=WHY)
    assert [plain((await sockets.open(who, room.code)).snapshot) for who in both] == looks
    assert redis.sync().lrange(gateway.key(room.code, "recent"), 0, -1) == seen

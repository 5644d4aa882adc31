"""Taking back many messages at once: one event, one line, nothing left."""

import datetime
import json

import pytest
from channels.db import database_sync_to_async

from accounts.models import AuditEntry
from chat import clearing, pins, reactions
from chat.models import Message, Poll, Reaction, Vote
from rooms import gateway, memberships
from rooms.models import Measure
from syncwatch.lib import clock, redis

in_db = database_sync_to_async
stored = pytest.mark.django_db(transaction=True)


def standing():
    return list(
        Message.objects.filter(kind="text", deleted_at=None)
        .order_by("rank")
        .values_list("body", flat=True)
    )


@pytest.fixture
def clear(room, people):
    def do(**what):
        return clearing.clear(room_id=str(room.pk), by=str(people.owner.pk), **what)

    return do


@stored
async def test_the_last_ones_go_for_everybody_and_every_newcomer(sockets, people, room, say):
    kept = await in_db(say)("kept")
    gone = [await in_db(say)(f"gone {n}") for n in range(3)]
    answer = await in_db(say)("re: kept", reply_to=str(kept.pk))
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    ack = await mara.ask(type="chat:clear", count=4)
    assert (ack["type"], ack["count"]) == ("ack", 4)
    event = await ana.frame("chat:cleared")
    assert sorted(event["ids"]) == sorted(str(each.pk) for each in (*gone, answer))
    assert (event["by"], event["pins"]) == (str(people.owner.pk), 0)
    late = await sockets.open(people.guest, room.code)
    bodies = [each["body"] for each in late.snapshot["messages"]]
    assert bodies == ["kept", "Mara cleared 4 messages"]
    assert await in_db(standing)() == ["kept"]
    everything = Message.objects.filter(body__startswith="gone")
    assert not await in_db(everything.exists)()


@stored
def test_one_persons_words_of_the_last_day_go(clear, say, people, room):
    old = say("long ago", by=people.guest)
    Message.objects.filter(pk=old.pk).update(created_at=clock.now() - datetime.timedelta(hours=25))
    for n in range(2):
        say(f"rude {n}", by=people.guest)
    say("kind", by=people.member)
    assert clear(user_id=str(people.guest.pk)) == 2
    assert standing() == ["long ago", "kind"]
    line = Message.objects.get(kind="system")
    assert line.body == "Mara cleared 2 messages of Ilya"
    assert line.deed == {
        "name": "cleared", "count": 2, "user_id": str(people.guest.pk), "display_name": "Ilya",
    }  # fmt: skip
    assert Measure.objects.get().person == people.guest
    assert AuditEntry.objects.filter(action="room.clear").count() == 1


@stored
def test_pins_reactions_and_quotes_go_with_them(clear, say, people, room):
    first = say("first", by=people.guest)
    answer = say("re", reply_to=str(first.pk))
    pins.pin(message=first, by=str(people.owner.pk), on=True)
    reactions.react(message=first, user_id=str(people.owner.pk), emoji="👍", on=True)
    clear(user_id=str(people.guest.pk))
    assert (pins.pin_count(room.pk), Reaction.objects.count()) == (0, 0)
    tail = redis.sync().hgetall(gateway.key(room.code, "chat:bodies"))
    assert str(first.pk).encode() not in tail
    quoted = json.loads(tail[str(answer.pk).encode()])["reply"]
    assert (quoted["text"], quoted["deleted"]) == ("", True)
    kept = redis.sync().lrange(gateway.key(room.code, "recent"), 0, -1)
    told = [json.loads(each) for each in kept]
    assert [each["pins"] for each in told if each["type"] == "chat:cleared"] == [0]


@stored
def test_lines_of_what_was_done_stay_and_nothing_is_told_of_nothing(clear, say, people):
    say("x")
    assert clear(count=500) == 1
    assert clear(count=500) == 0
    assert clear(user_id=str(people.guest.pk)) == clear(user_id="nonsense") == 0
    assert Message.objects.get(kind="system").body == "Mara cleared 1 message"


@stored
@pytest.mark.parametrize("role", ["moderator", "member", "guest"])
async def test_it_is_for_moderators(sockets, people, room, say, role):
    await in_db(say)("x")
    await in_db(memberships.place_take)(user=people.stranger, room=room, role=role)
    jonas = await sockets.open(people.stranger, room.code)
    answer = await jonas.ask(type="chat:clear", count=1)
    assert answer.get("code", "ack") == ("ack" if role == "moderator" else "no_moderate")


@stored
async def test_malformed_ones_are_refused(mara, say, settings):
    settings.RATE_LIMIT_FACTOR = 100
    await in_db(say)("x")
    for frame in ({}, {"count": 1, "user_id": "x"}, {"count": 0}, {"count": 501}, {"count": "1"},
                  {"user_id": ""}, {"user_id": "x" * 37}, {"ids": []}, {"count": 1.5}):  # fmt: skip
        assert (await mara.ask(type="chat:clear", **frame))["code"] == "invalid", frame
    assert await in_db(standing)() == ["x"]


@stored
async def test_polls_go_with_them_their_options_and_who_chose_what(mara, ana, people, room):
    ask = {"type": "poll:open", "question": "Who?", "options": ["Jonas", "Zoe"], "nonce": "p1"}
    poll = (await mara.ask(**ask))["message"]["id"]
    await ana.ask(type="poll:vote", id=poll, options=[1])
    assert (await mara.ask(type="chat:clear", count=1))["count"] == 1
    assert not await in_db(Poll.objects.exists)()
    assert not await in_db(Vote.objects.exists)()
    assert (await ana.ask(type="poll:vote", id=poll, options=[0]))["code"] == "not_found"

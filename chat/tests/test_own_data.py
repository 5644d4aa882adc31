"""What a person said: theirs to take along, and gone when they are."""

import json

import pytest

from accounts import own_data
from chat.models import Message
from rooms import gateway
from syncwatch.lib import redis

pytestmark = pytest.mark.django_db


def test_an_export_holds_every_word_that_was_not_taken_back(say, people, room):
    from chat.services import message_delete

    gone = say("gone", by=people.member)
    message_delete(message=gone, by=str(people.member.id))
    say("mine", by=people.member)
    say("not mine")
    mine = own_data.export_all(people.member)["chat"]["messages"]
    assert [(row["room"], row["body"]) for row in mine] == [(room.name, "mine")]
    assert json.dumps(mine)


def test_erasing_takes_every_word_and_leaves_those_of_others(say, people, room):
    said = [say("marker-7f3a", by=people.member), say("mine"), say("marker too", by=people.member)]
    answer = say("an answer", reply_to=str(said[0].id))
    for _ in range(2):  # it may be cut off half-way and begun again
        own_data.erase_all(people.member)
    assert list(Message.objects.order_by("rank").values_list("body", flat=True)) == [
        "mine",
        "an answer",
    ]
    answer.refresh_from_db()
    assert answer.reply_to_id is None
    tail = redis.sync().hgetall(gateway.key(room.code, "chat:bodies"))
    assert b"marker" not in b"".join(tail.values())
    told = redis.sync().lrange(gateway.key(room.code, "recent"), 0, -1)
    kinds = [json.loads(text)["type"] for text in told]
    assert kinds.count("chat:deleted") == 2

"""Changing and taking back what was said."""

import pytest
from channels.db import database_sync_to_async

from chat import services
from chat.models import Message
from rooms import memberships
from rooms.services import room_create
from syncwatch.lib.errors import NotFound

pytestmark = pytest.mark.django_db(transaction=True)
in_db = database_sync_to_async


async def test_other_words_reach_everybody_and_every_newcomer(sockets, people, room, say):
    said = await in_db(say)("Helo")
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    ack = await mara.ask(type="chat:edit", id=str(said.id), body="Hello")
    told = await ana.frame("chat:edited")
    assert told["message"] == ack["message"]
    assert (told["message"]["body"], told["message"]["seq"]) == ("Hello", said.seq)
    assert told["message"]["edited_at"]
    late = await sockets.open(people.guest, room.code)
    assert late.snapshot["messages"] == [told["message"]]


async def test_nobody_changes_the_words_of_others_not_even_the_host(sockets, people, room, say):
    said = await in_db(say)("Hello", by=people.member)
    mara = await sockets.open(people.owner, room.code)
    answer = await mara.ask(type="chat:edit", id=str(said.id), body="Goodbye")
    assert answer["code"] == "forbidden"
    assert (await in_db(Message.objects.get)(id=said.id)).body == "Hello"


async def test_what_is_taken_back_is_gone_for_everybody_and_from_the_database(
    sockets, people, room, say
):
    said = await in_db(say)("my password is hunter2")
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    assert (await mara.ask(type="chat:delete", id=str(said.id)))["type"] == "ack"
    told = await ana.frame("chat:deleted")
    assert (told["id"], told["by"]) == (str(said.id), str(people.owner.id))
    assert (await in_db(Message.objects.get)(id=said.id)).body == ""
    late = await sockets.open(people.guest, room.code)
    assert late.snapshot["messages"] == []
    assert (await mara.ask(type="chat:delete", id=str(said.id)))["code"] == "not_found"


@pytest.mark.parametrize(
    "role_may", [("moderator", "ack"), ("member", "forbidden"), ("guest", "forbidden")]
)
async def test_moderators_take_back_what_others_said(sockets, people, room, say, role_may):
    role, expected = role_may
    await in_db(memberships.place_take)(user=people.stranger, room=room, role=role)
    said = await in_db(say)("Rude", by=people.member)
    jonas = await sockets.open(people.stranger, room.code)
    answer = await jonas.ask(type="chat:delete", id=str(said.id))
    assert answer.get("code", "ack") == expected


async def test_messages_of_other_rooms_are_not_there(sockets, people, room, settings):
    settings.RATE_LIMIT_FACTOR = 100

    def elsewhere():
        other = room_create(owner=people.owner, name="Elsewhere")
        return services.message_send(
            room_id=str(other.id), author_id=str(people.owner.id), body="Hi", nonce="n"
        )

    foreign = await in_db(elsewhere)()
    mara = await sockets.open(people.owner, room.code)
    for kind, more in (("chat:edit", {"body": "x"}), ("chat:delete", {})):
        for target in (str(foreign.id), "nonsense", str(room.id)):
            assert (await mara.ask(type=kind, id=target, **more))["code"] == "not_found"


async def test_malformed_changes_are_refused(sockets, people, room, say, settings):
    settings.RATE_LIMIT_FACTOR = 100
    said = str((await in_db(say)("Hello")).id)
    mara = await sockets.open(people.owner, room.code)
    for frame in (
        {"type": "chat:edit", "id": said, "body": ""},
        {"type": "chat:edit", "id": said, "body": "x" * 2_001},
        {"type": "chat:edit", "id": said, "body": {"a": 1}},
        {"type": "chat:edit", "id": said},
        {"type": "chat:edit", "id": 7, "body": "x"},
        {"type": "chat:edit", "id": said, "body": "x", "by": "me"},
        {"type": "chat:delete"},
        {"type": "chat:delete", "id": {"$ne": ""}},
        {"type": "chat:delete", "id": "x" * 37},
    ):
        assert (await mara.ask(**frame))["code"] == "invalid", frame
    assert (await in_db(Message.objects.get)(id=said)).body == "Hello"


def test_words_for_a_message_taken_back_a_moment_ago_are_refused(say):
    said = say("Hello")
    services.message_delete(message=said, by=str(said.author_id))
    with pytest.raises(NotFound):
        services.message_edit(message=said, body="Hello?")

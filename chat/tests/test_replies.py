"""An answer shows what it answers, as that reads now."""

import pytest
from channels.db import database_sync_to_async

from chat import services
from chat.models import Message
from chat.selectors import message_wire
from rooms import gateway
from syncwatch.lib import clock, redis
from syncwatch.lib.errors import Invalid

in_db = database_sync_to_async


@pytest.mark.django_db(transaction=True)
async def test_an_answer_quotes_what_it_answers(sockets, people, room, say):
    said = await in_db(say)("a" * 130, by=people.member)
    mara = await sockets.open(people.owner, room.code)
    ack = await mara.ask(type="chat:send", body="yes", nonce="n", reply_to=str(said.id))
    reply = ack["message"]["reply"]
    assert (reply["id"], reply["text"], reply["deleted"]) == (str(said.id), "a" * 120, False)
    assert reply["author"]["display_name"] == "Ana"
    assert ack["message"]["reply_to"] == str(said.id)
    late = await sockets.open(people.guest, room.code)
    assert late.snapshot["messages"][1] == ack["message"]


@pytest.mark.django_db(transaction=True)
async def test_a_quote_follows_its_message_for_newcomers_too(sockets, people, room, say):
    said = await in_db(say)("my password is hunter2")
    answer = await in_db(say)("oh no", by=people.member, reply_to=str(said.id))
    mara = await sockets.open(people.owner, room.code)
    await mara.ask(type="chat:edit", id=str(said.id), body="never mind")
    late = await sockets.open(people.guest, room.code)
    assert late.snapshot["messages"][1]["reply"]["text"] == "never mind"
    await mara.ask(type="chat:delete", id=str(said.id))
    late = await sockets.open(people.guest, room.code)
    [left] = late.snapshot["messages"]
    assert (left["id"], left["reply"]["text"], left["reply"]["deleted"]) == (
        str(answer.id), "", True,
    )  # fmt: skip


@pytest.mark.django_db
def test_what_was_taken_back_while_its_answer_was_on_its_way_is_not_quoted(
    say, room, people, api, monkeypatch
):
    said = say("secret")
    publish = services.message_publish

    def meanwhile(message):
        Message.objects.filter(pk=said.pk).update(body="", deleted_at=clock.now())
        publish(message)

    monkeypatch.setattr(services, "message_publish", meanwhile)
    say("what?", reply_to=str(said.id))
    tail = redis.sync().hgetall(gateway.key(room.code, "chat:bodies"))
    answers = [text for text in tail.values() if b'"what?"' in text]
    assert [b"secret" in text for text in answers] == [False]


@pytest.mark.django_db
def test_what_is_gone_or_only_happened_cannot_be_answered(say, room, people):
    gone = say("gone")
    services.message_delete(message=gone, by=str(people.owner.id))
    line = Message.objects.create(room=room, kind="system", body="joined", nonce="d", rank=1)
    for target in (str(gone.id), str(line.id), "nonsense"):
        with pytest.raises(Invalid):
            say("yes", reply_to=target)


def test_a_quote_says_where_in_the_film_it_was_said(say, people, room):
    """It may lie further on than the answer, and then pages veil it."""
    said = say("the butterfly dies", media_time_s=20.5)
    answer = say("oh", by=people.member, reply_to=str(said.pk), media_time_s=2)
    quote = message_wire(answer)["reply"]
    assert (quote["item_id"], quote["media_time"]) == (None, 20.5)
    assert message_wire(say("no", reply_to=str(say("here").pk)))["reply"]["media_time"] is None

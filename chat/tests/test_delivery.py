"""Committed, then told: once, in one order, whatever dies in between."""

import datetime
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from channels.db import database_sync_to_async
from django.db import connection

from chat import services, store, tasks
from chat.models import Message
from rooms import gateway
from rooms.gateway.hub import running_hub
from syncwatch.lib import clock, redis
from syncwatch.lib.redis import RedisError

in_db = database_sync_to_async


def told(room):
    texts = redis.sync().lrange(gateway.key(room.code, "recent"), 0, -1)
    events = [json.loads(text) for text in texts]
    return [event for event in events if event["type"] == "chat:message"]


@pytest.fixture
def dies(monkeypatch):
    """The process dies after the row was committed and before anybody was told."""

    def arrange(*, after_telling=False):
        publish = store.publish

        def cut(code, letter):
            if after_telling:
                publish(code, letter)
            raise RedisError("cut off")

        monkeypatch.setattr(store, "publish", cut)
        return lambda: monkeypatch.setattr(store, "publish", publish)

    return arrange


@pytest.mark.django_db
@pytest.mark.parametrize("after_telling", [False, True])
def test_a_retry_finds_the_row_and_tells_it_once(room, say, dies, after_telling):
    heal = dies(after_telling=after_telling)
    with pytest.raises(RedisError):
        say("Hello", nonce="n1")
    heal()
    message = say("Hello", nonce="n1")
    assert [event["message"]["id"] for event in told(room)] == [str(message.id)]
    assert Message.objects.get().seq == told(room)[0]["seq"]


@pytest.mark.django_db
def test_the_sweep_tells_what_was_left_behind_in_its_order(room, say, dies, frozen_clock):
    heal = dies()
    for number in range(3):
        with pytest.raises(RedisError):
            say(f"m{number}")
        frozen_clock.advance(10)
    heal()
    assert tasks.sweep() == 0  # its sender may still be at it
    frozen_clock.advance(services.SWEEP_AFTER / datetime.timedelta(milliseconds=1))
    assert tasks.sweep() == 3
    assert [event["message"]["body"] for event in told(room)] == ["m0", "m1", "m2"]
    assert not Message.objects.filter(rank=None).exists()
    assert tasks.sweep() == 0


@pytest.mark.django_db
def test_the_sweep_leaves_alone_what_was_taken_back(room, people, frozen_clock):
    Message.objects.create(
        room=room, author=people.owner, nonce="n", deleted_at=clock.now(), created_at=clock.now()
    )
    frozen_clock.advance(60_000)
    assert tasks.sweep() == 0


@pytest.mark.django_db
def test_a_message_sent_twice_at_once_is_one_message(room, say, monkeypatch):
    """Both look, neither finds anything; the database lets one of them in."""
    first = say("Hello", nonce="n1")
    look, looks = services._first, []

    def blind_once(*args):
        looks.append(args)
        return None if len(looks) == 1 else look(*args)

    monkeypatch.setattr(services, "_first", blind_once)
    assert say("Hello", nonce="n1").id == first.id
    assert len(told(room)) == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_message_sent_from_eight_threads_at_once_is_stored_and_told_once(room, say):
    def one(_):
        try:
            return say("Hello", nonce="n1")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        sent = list(threads.map(one, range(8)))
    assert len({message.id for message in sent}) == 1
    assert len({message.seq for message in sent}) == 1
    assert len(told(room)) == Message.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_people_at_once_are_told_in_one_order_without_a_gap(room, people, say):
    def one(number):
        try:
            return say(f"m{number}", by=[people.owner, people.member, people.guest][number % 3])
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(one, range(60)))
    seqs = [event["seq"] for event in told(room)]
    assert seqs == list(range(seqs[0], seqs[0] + 60))
    by_rank = Message.objects.order_by("rank").values_list("seq", flat=True)
    assert list(by_rank) == seqs


@pytest.mark.django_db
def test_ranks_only_grow_whatever_the_clocks_say(say, frozen_clock):
    ranks = []
    for step_ms in (0, -5_000, 3, -1):
        frozen_clock.advance(step_ms)
        ranks.append(say(f"{step_ms}").rank)
    assert ranks == sorted(set(ranks))


@pytest.mark.django_db
def test_words_that_redis_lost_are_put_back_before_the_next_ones(room, say):
    for number in range(3):
        say(f"m{number}")
    redis.sync().flushall()
    say("new")
    texts = redis.sync().hgetall(gateway.key(room.code, "chat:bodies"))
    kept = [json.loads(text)["body"] for name, text in texts.items() if name]
    assert sorted(kept) == ["m0", "m1", "m2", "new"]
    assert Message.objects.get(body="new").rank > Message.objects.get(body="m2").rank


@pytest.mark.django_db(transaction=True)
async def test_after_redis_lost_everything_viewers_see_the_same_words(sockets, people, room, say):
    await in_db(lambda: [say(f"m{number}") for number in range(3)])()
    mara = await sockets.open(people.owner, room.code)
    redis.sync().flushall()
    await running_hub().audit()
    fresh = await mara.frame("room:snapshot")
    assert fresh["messages"] == mara.snapshot["messages"]
    assert fresh["epoch"] != mara.snapshot["epoch"]
    said = {"type": "chat:send", "body": "still here", "nonce": "n"}
    ack, told_again = await mara.ask_and_hear("chat:message", **said)
    assert told_again["message"] == ack["message"]


@pytest.mark.django_db(transaction=True)
async def test_without_redis_nothing_is_acked_and_the_retry_is_stored_once(
    sockets, people, room, dies
):
    mara = await sockets.open(people.owner, room.code)
    heal = dies()
    answer = await mara.ask(type="chat:send", body="Hello", nonce="n1")
    assert (answer["code"], answer["retry_after"] > 0) == ("unavailable", True)
    heal()
    ack = await mara.ask(type="chat:send", body="Hello", nonce="n1")
    assert ack["message"]["seq"]
    assert await in_db(Message.objects.count)() == 1


@pytest.mark.django_db(transaction=True)
async def test_an_edit_and_a_delete_survive_the_loss_of_the_tail(sockets, people, room, say):
    said = await in_db(lambda: [say(f"m{number}") for number in range(3)])()
    mara = await sockets.open(people.owner, room.code)
    for name in ("chat:tail", "chat:bodies"):
        redis.sync().delete(gateway.key(room.code, name))
    await mara.ask(type="chat:edit", id=str(said[0].id), body="M0")
    await mara.ask(type="chat:delete", id=str(said[1].id))
    late = await sockets.open(people.member, room.code)
    assert [message["body"] for message in late.snapshot["messages"]] == ["M0", "m2"]

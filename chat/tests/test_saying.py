"""Saying something, over the room socket: who hears it, what is kept, what is refused."""

import pytest
from channels.db import database_sync_to_async

from chat.models import Message
from rooms.services import now_playing_set
from syncwatch.lib.ids import uuid7
from syncwatch.tests.sent_away import kick

pytestmark = pytest.mark.django_db(transaction=True)
in_db = database_sync_to_async
FIELDS = {
    "id", "seq", "kind", "body", "deed", "author", "created_at", "edited_at", "item_id",
    "media_time", "reply_to", "reply", "reactions", "mentions", "pinned", "poll",
    "style", "roll", "nonce",
}  # fmt: skip


async def test_everybody_hears_what_is_said_and_the_sender_gets_it_back(mara, ana, people):
    ack = await mara.ask(type="chat:send", body="Hello Ana", nonce="n1")
    told = await ana.frame("chat:message")
    message = told["message"]
    assert set(message) == FIELDS
    assert message == ack["message"]
    assert told["nonce"] == message["nonce"] == "n1"
    assert told["seq"] == message["seq"]
    assert (message["kind"], message["body"]) == ("text", "Hello Ana")
    assert message["author"] == {
        "id": str(people.owner.id), "display_name": "Mara", "guest": False,
        "avatar": people.owner.avatar,
        "picture": None,
    }  # fmt: skip
    assert [message[name] for name in ("deed", "item_id", "media_time", "reply_to")] == [None] * 4


async def test_what_is_acked_is_in_the_database_with_its_place(mara, people, room):
    ack = await mara.ask(type="chat:send", body="Hello", nonce="n1")
    row = await in_db(Message.objects.get)(id=ack["message"]["id"])
    assert (row.seq, row.room_id, row.author_id) == (
        ack["message"]["seq"], room.id, people.owner.id,
    )  # fmt: skip
    assert row.rank


async def test_the_same_nonce_again_is_acked_with_the_first_and_told_once(mara, ana):
    first = await mara.ask(type="chat:send", body="Hello", nonce="n1")
    again = await mara.ask(type="chat:send", body="Hello, I insist", nonce="n1")
    assert again["message"] == first["message"]
    await ana.frame("chat:message")
    assert await ana.quiet()
    assert await in_db(Message.objects.count)() == 1


async def test_two_people_may_use_the_same_nonce(mara, ana):
    await mara.ask(type="chat:send", body="one", nonce="n1")
    await ana.ask(type="chat:send", body="two", nonce="n1")
    assert await in_db(Message.objects.count)() == 2


async def test_messages_and_commands_share_one_order(mara, ana):
    for number in range(4):
        await mara.ask(type="chat:send", body=f"{number}", nonce=f"n{number}")
        await mara.ask(type="sync:seek", position=number)
    heard = [await ana.frame("chat:message", "sync:command") for _ in range(8)]
    seqs = [event["seq"] for event in heard]
    assert seqs == list(range(seqs[0], seqs[0] + 8))
    assert [event["message"]["body"] for event in heard[::2]] == ["0", "1", "2", "3"]


async def test_a_newcomer_finds_the_last_fifty_messages_oldest_first(sockets, people, room, say):
    await in_db(lambda: [say(f"m{number}") for number in range(53)])()
    mara = await sockets.open(people.owner, room.code)
    bodies = [message["body"] for message in mara.snapshot["messages"]]
    assert bodies == [f"m{number}" for number in range(3, 53)]
    assert set(mara.snapshot["messages"][0]) == FIELDS


async def test_an_answer_names_what_it_answers(mara, ana):
    first = await mara.ask(type="chat:send", body="Hello", nonce="n1")
    answer = await ana.ask(type="chat:send", body="Hi", nonce="n2", reply_to=first["message"]["id"])
    assert answer["message"]["reply_to"] == first["message"]["id"]


async def test_only_what_is_still_here_can_be_answered(mara, people, say):
    gone = await in_db(say)("gone")
    await mara.ask(type="chat:delete", id=str(gone.id))
    for target in (str(gone.id), "nonsense", str(people.owner.id)):
        answer = await mara.ask(type="chat:send", body="Hi", nonce="n2", reply_to=target)
        assert answer["code"] == "invalid"


async def test_a_place_in_the_film_keeps_which_film_it_was(mara, people, room):
    item_id = str(uuid7())
    playing = {"item_id": item_id, "title": "A", "video_id": None}
    await in_db(now_playing_set)(room_id=str(room.id), now_playing=playing)
    at = await mara.ask(type="chat:send", body="Look!", nonce="n1", media_time=61.5)
    free = await mara.ask(type="chat:send", body="Tea?", nonce="n2")
    assert (at["message"]["item_id"], at["message"]["media_time"]) == (item_id, 61.5)
    assert (free["message"]["item_id"], free["message"]["media_time"]) == (None, None)


REFUSED = [
    {"body": "", "nonce": "n"},
    {"body": " \n\t ", "nonce": "n"},
    {"body": "\u202e\u200b\x00", "nonce": "n"},
    {"body": "x" * 2_001, "nonce": "n"},
    {"body": "x" * 10_000, "nonce": "n"},
    {"body": {"a": 1}, "nonce": "n"},
    {"body": ["x"], "nonce": "n"},
    {"body": 7, "nonce": "n"},
    {"body": None, "nonce": "n"},
    {"nonce": "n"},
    {"body": "x"},
    {"body": "x", "nonce": ""},
    {"body": "x", "nonce": "n" * 65},
    {"body": "x", "nonce": "a\x00b"},
    {"body": "x", "nonce": 7},
    {"body": "x", "nonce": "n", "kind": "system"},
    {"body": "x", "nonce": "n", "author": "somebody"},
    {"body": "x", "nonce": "n", "media_time": -1},
    {"body": "x", "nonce": "n", "media_time": 864_001},
    {"body": "x", "nonce": "n", "media_time": "12"},
    {"body": "x", "nonce": "n", "reply_to": 7},
]


async def test_what_cannot_be_said_is_refused_in_words_and_heard_by_nobody(mara, ana, settings):
    settings.RATE_LIMIT_FACTOR = 100
    for fields in REFUSED:
        answer = await mara.ask(type="chat:send", **fields)
        assert (answer["type"], answer["code"]) == ("error", "invalid"), fields
        assert answer["message"]
    assert await ana.quiet()
    assert await in_db(Message.objects.count)() == 0


async def test_too_long_a_message_is_told_how_long_it_may_be(mara):
    answer = await mara.ask(type="chat:send", body="x" * 2_001, nonce="n")
    assert answer["fields"]["body"] == ["Too long: 2001 characters, 2000 are possible."]
    most = await mara.ask(type="chat:send", body="🦊" * 2_000, nonce="n")
    assert len(most["message"]["body"]) == 2_000


async def test_half_a_character_and_oversized_frames_are_refused(mara):
    await mara.send_text('{"type":"chat:send","nonce":"n","body":"\\ud800"}')
    assert (await mara.next())["code"] in {"invalid", "malformed"}
    await mara.send_text('{"type":"chat:send","nonce":"n","body":"' + "x" * 1_000_000 + '"}')
    assert (await mara.next())["code"] == "frame_too_large"
    assert (await mara.ask(type="chat:send", body="still here", nonce="n"))["type"] == "ack"


async def test_a_flood_is_slowed_down_and_says_how_long_to_wait(mara, ana):
    for number in range(12):
        await mara.send(type="chat:send", body=f"{number}", nonce=f"n{number}", ref=f"{number}")
    answers = [await mara.frame("ack", "error") for _ in range(12)]
    accepted = [answer for answer in answers if answer["type"] == "ack"]
    refused = [answer for answer in answers if answer["type"] == "error"]
    assert 5 <= len(accepted) <= 7
    assert {answer["code"] for answer in refused} == {"rate_limited"}
    assert all(0 < answer["retry_after"] <= 12 for answer in refused)
    assert (await ana.ask(type="chat:send", body="my turn", nonce="a"))["type"] == "ack"


async def test_typing_is_told_with_the_name_and_never_replayed(mara, ana, people, sockets, room):
    assert (await mara.ask(type="chat:typing"))["type"] == "ack"
    told = await ana.frame("chat:typing")
    assert told == {"type": "chat:typing", "user_id": str(people.owner.id)}
    refused = await mara.ask(type="chat:typing", user_id=str(people.member.id))
    assert refused["code"] == "invalid"


async def test_a_removed_member_cannot_go_on_by_the_old_socket(mara, ana, people, room):
    await kick(room, actor=people.owner, target=people.member)
    assert await ana.closing_code() == 4403
    await ana.send(type="chat:send", body="still here", nonce="n")
    assert await in_db(Message.objects.filter(kind="text").count)() == 0


async def test_a_stranger_cannot_speak_in_a_room(sockets, people, room):
    assert await sockets.refusal(people.stranger, room.code) == 4403

"""Emoji on messages: everybody's own, told once, the same for newcomers."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from channels.db import database_sync_to_async
from django.db import connection

from accounts import own_data
from accounts.models import User
from chat import reactions, services
from chat.emoji import is_emoji
from chat.models import Reaction
from rooms import gateway
from rooms.services import room_create
from syncwatch.lib import redis
from syncwatch.lib.errors import Invalid

in_db = database_sync_to_async
stored = pytest.mark.django_db
told = pytest.mark.django_db(transaction=True)


@pytest.fixture
def react(people):
    def do(message, emoji="🔥", by=None, on=True):
        user = by or people.owner
        return reactions.react(message=message, user_id=str(user.id), emoji=emoji, on=on)

    return do


@pytest.fixture
def read(api, room, people):
    def get(path="", by=None):
        return api(by or people.member).get(f"/api/rooms/{room.code}/messages/{path}")

    return get


@told
async def test_a_reaction_reaches_everybody_and_every_newcomer(sockets, people, room, say):
    said = str((await in_db(say)("Hello")).id)
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    ack = await ana.ask(type="chat:react", id=said, emoji="🔥", on=True)
    assert (ack["type"], ack["changed"]) == ("ack", True)
    event = await mara.frame("chat:reaction")
    by = str(people.member.id)
    assert {k: event[k] for k in ("id", "emoji", "by", "on", "count", "people")} == {
        "id": said, "emoji": "🔥", "by": by, "on": True, "count": 1, "people": [by],
    }  # fmt: skip
    late = await sockets.open(people.guest, room.code)
    assert late.snapshot["messages"][0]["reactions"] == [{"emoji": "🔥", "count": 1, "by": [by]}]
    assert (await mara.ask(type="chat:react", id=said, emoji="🔥", on=True))["changed"]
    assert (await mara.frame("chat:reaction"))["people"] == [by, str(people.owner.id)]
    assert (await ana.ask(type="chat:react", id=said, emoji="🔥", on=False))["changed"]
    assert (await mara.frame("chat:reaction"))["people"] == [str(people.owner.id)]


@told
async def test_said_again_it_changes_nothing_and_nobody_is_told(sockets, people, room, say):
    said = str((await in_db(say)("Hello")).id)
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    assert not (await ana.ask(type="chat:react", id=said, emoji="🔥", on=False))["changed"]
    assert (await ana.ask(type="chat:react", id=said, emoji="🔥", on=True))["changed"]
    await mara.frame("chat:reaction")
    assert not (await ana.ask(type="chat:react", id=said, emoji="🔥", on=True))["changed"]
    assert await mara.without("chat:reaction")


@told
async def test_what_cannot_be_reacted_to_is_not_there(sockets, people, room, say, settings):
    settings.RATE_LIMIT_FACTOR = 100

    def others():
        gone = say("gone")
        services.message_delete(message=gone, by=str(people.owner.id))
        elsewhere = room_create(owner=people.owner, name="Elsewhere")
        foreign = services.message_send(
            room_id=str(elsewhere.id), author_id=str(people.owner.id), body="Hi", nonce="n"
        )
        return [str(gone.id), str(foreign.id), str(room.id), "nonsense"]

    ana = await sockets.open(people.member, room.code)
    for target in await in_db(others)():
        answer = await ana.ask(type="chat:react", id=target, emoji="🔥", on=True)
        assert (answer["code"], bool(answer["message"])) == ("not_found", True)


@told
async def test_malformed_reactions_are_refused_in_words(sockets, people, room, say, settings):
    settings.RATE_LIMIT_FACTOR = 100
    said = str((await in_db(say)("Hello")).id)
    ana = await sockets.open(people.member, room.code)
    frame = {"type": "chat:react", "id": said, "emoji": "🔥", "on": True}
    for wrong in (
        {"emoji": "fire"}, {"emoji": ""}, {"emoji": "🔥🔥"}, {"emoji": "x" * 41}, {"emoji": 7},
        {"on": 1}, {"on": None}, {"id": 7}, {"id": "x" * 37}, {"by": "me"},
    ):  # fmt: skip
        answer = await ana.ask(**frame | wrong)
        assert (answer["code"], bool(answer["message"])) == ("invalid", True), wrong
    assert not await in_db(Reaction.objects.exists)()


@told
async def test_strangers_never_come_so_far(sockets, people, room):
    assert await sockets.refusal(people.stranger, room.code) == 4403
    assert await sockets.refusal(None, room.code) == 4401


@pytest.mark.parametrize(
    "sign",
    ["🔥", "❤️", "❤", "👍🏽", "👩‍👩‍👧‍👦", "🏳️‍🌈", "🇩🇪", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "1️⃣", "👩🏽‍🚀", "❤️‍🔥", "🫠", "©️"],
)  # fmt: skip
def test_one_emoji_is_one(sign):
    assert is_emoji(sign)


@pytest.mark.parametrize(
    "sign",
    ["", "a", "1", "é", "🔥🔥", "🔥a", " 🔥", "🔥\n", "\u200d", "\ufe0f", "🔥\u200d", "🇩", "🇩🇪🇫",
     "🏽", "\U0001fafc\U0001faff", "<b>", "\ud83d", "🔥\ufe0f\ufe0f", "🔥\u0301", "字"],
)  # fmt: skip
def test_everything_else_is_not(sign):
    assert not is_emoji(sign)


@stored
def test_the_same_emoji_typed_otherwise_is_the_same(say, react, people, read):
    said = say("Hello")
    assert react(said, "❤️")
    assert react(said, "❤", by=people.member)
    [row] = read().json()["results"][0]["reactions"]
    assert (row["emoji"], row["count"]) == ("❤️", 2)
    assert react(said, "❤", on=False)


@stored
def test_a_message_has_twenty_different_ones_at_most(say, react, people):
    said = say("Hello")
    different = [chr(0x1F600 + n) for n in range(21)]
    for emoji in different[:20]:
        assert react(said, emoji)
    with pytest.raises(Invalid, match="20 different"):
        react(said, different[20])
    assert react(said, different[0], by=people.member), "joining one is always possible"


@stored
def test_of_a_crowd_the_first_twenty_are_told_and_all_can_be_read(say, react, read):
    said = say("Hello")
    crowd = [User.objects.create_guest(f"G{n}") for n in range(23)]
    for one in crowd:
        react(said, by=one)
    [row] = read().json()["results"][0]["reactions"]
    assert row["count"] == 23
    assert row["by"] == [str(one.id) for one in crowd[:20]]
    names, address = [], f"{said.id}/reactions/?limit=10"
    while address:
        answer = read(address).json()
        names += [each["user"]["display_name"] for each in answer["results"]]
        address = (answer["next"] or "").partition("/messages/")[2]
    assert names == [f"G{n}" for n in range(23)]


@stored
def test_who_reacted_is_for_members_only(api, room, people, say, read):
    said = say("Hello")
    path = f"/api/rooms/{room.code}/messages/{said.id}/reactions/"
    assert (api().get(path).status_code, read(f"{said.id}/reactions/").status_code) == (401, 200)
    assert api(people.stranger).get(path).json()["error"]["code"] == "not_a_member"
    services.message_delete(message=said, by=str(people.owner.id))
    assert read(f"{said.id}/reactions/").status_code == 404
    assert read("nonsense/reactions/").status_code == 404


@stored
def test_what_is_taken_back_loses_its_reactions(say, react):
    said = say("Hello")
    react(said)
    services.message_delete(message=said, by=str(said.author_id))
    assert not Reaction.objects.exists()


@stored
def test_reactions_are_exported_and_erased_with_their_person(say, react, people, room):
    said = say("Hello")
    react(said, by=people.member)
    react(said)
    [mine] = own_data.export_all(people.member)["chat"]["reactions"]
    assert (mine["emoji"], mine["room"], mine["message"]) == ("🔥", room.name, str(said.id))
    for _ in range(2):
        own_data.erase_all(people.member)
    assert [each.user for each in Reaction.objects.all()] == [people.owner]
    tail = redis.sync().hget(gateway.key(room.code, "chat:bodies"), str(said.id))
    assert str(people.member.id).encode() not in tail


@told
def test_of_many_at_once_the_last_told_is_told_with_all_of_them(say, react, room):
    said = say("Hello")
    crowd = [User.objects.create_guest(f"G{n}") for n in range(8)]

    def one(user):
        try:
            return react(said, by=user)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as at_once:
        assert all(at_once.map(one, crowd))
    tail = json.loads(redis.sync().hget(gateway.key(room.code, "chat:bodies"), str(said.id)))
    assert [row["count"] for row in tail["reactions"]] == [8]
    recent = redis.sync().lrange(gateway.key(room.code, "recent"), 0, -1)
    assert json.loads(recent[-1])["count"] == 8

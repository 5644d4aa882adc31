"""Floating reactions, over the room socket: who sees them, which there are, what is refused."""

import pytest
from channels.db import database_sync_to_async

from chat import rules
from rooms import policy
from syncwatch.lib import redis
from syncwatch.tests.sent_away import kick

pytestmark = pytest.mark.django_db(transaction=True)
in_db = database_sync_to_async


async def test_everybody_sees_a_reaction_and_whose_it_is(mara, ana, people):
    assert (await mara.ask(type="react:burst", emoji="🍿"))["type"] == "ack"
    expected = {"type": "react:burst", "by": str(people.owner.id), "emoji": "🍿", "count": 1}
    assert await ana.frame("react:burst") == expected
    assert await mara.frame("react:burst") == expected


async def test_several_of_one_kind_come_as_one(mara, ana):
    await mara.ask(type="react:burst", emoji="😂", count=7)
    assert (await ana.frame("react:burst"))["count"] == 7
    assert await ana.quiet()


async def test_a_reaction_is_not_kept_and_no_newcomer_hears_of_it(mara, sockets, people, room):
    before = mara.snapshot["seq"]
    await mara.ask_and_hear("react:burst", type="react:burst", emoji="🎉")
    late = await sockets.open(people.guest, room.code)
    kept = redis.sync().lrange(f"room:{room.code}:recent", 0, -1)
    assert not any(b"react" in text for text in kept)
    assert late.snapshot["seq"] == before + 1  # Ilya coming in, and nothing else
    await late.ask(type="room:resume", since=before, epoch=late.snapshot["epoch"])
    assert await late.without("react:burst")


async def test_the_snapshot_names_the_reactions_there_are(mara):
    assert mara.snapshot["reactions"] == list(rules.REACTIONS)
    for emoji in rules.REACTIONS[:4]:
        assert (await mara.ask(type="react:burst", emoji=emoji))["type"] == "ack"


async def test_a_heart_drawn_as_text_is_the_same_heart(mara, ana):
    await mara.ask(type="react:burst", emoji="\u2764")
    assert (await ana.frame("react:burst"))["emoji"] == "\u2764\ufe0f"


OTHERS = [
    "😂😂", "😂❤️", "🍿 ", " 🍿", "👍🏽", "👏🏿", "👨\u200d👩\u200d👧", "🏳️\u200d🌈", "🇫🇷",
    "a", "7", "#️⃣", "\ufe0f", "\u200d", "❤️\ufe0f", "<b>", "\u202e😂", "é", "\x00",
]  # fmt: skip


async def test_another_sign_is_refused_and_names_those_there_are(mara, ana, settings):
    settings.RATE_LIMIT_FACTOR = 100
    for emoji in OTHERS:
        refused = await mara.ask(type="react:burst", emoji=emoji)
        assert (refused["type"], refused["code"]) == ("error", "invalid"), ascii(emoji)
        assert "🍿" in refused["message"]
    assert await ana.without("react:burst")


MALFORMED = [
    '{"type":"react:burst"}',
    '{"type":"react:burst","emoji":""}',
    '{"type":"react:burst","emoji":7}',
    '{"type":"react:burst","emoji":null}',
    '{"type":"react:burst","emoji":["🍿"]}',
    '{"type":"react:burst","emoji":"' + "🍿" * 9 + '"}',
    '{"type":"react:burst","emoji":"\\ud83c"}',
    '{"type":"react:burst","emoji":"🍿","count":0}',
    '{"type":"react:burst","emoji":"🍿","count":11}',
    '{"type":"react:burst","emoji":"🍿","count":1.5}',
    '{"type":"react:burst","emoji":"🍿","count":"2"}',
    '{"type":"react:burst","emoji":"🍿","count":true}',
    '{"type":"react:burst","emoji":"🍿","by":"somebody"}',
    '{"type":"react:burst","emoji":"🍿"',
]


async def test_malformed_reactions_are_answered_and_shown_to_nobody(mara, ana):
    for text in MALFORMED:
        await mara.send_text(text)
        answer = await mara.frame("error", "react:burst")
        assert answer["type"] == "error", text
        assert answer["code"] in {"invalid", "malformed"}, text
    assert await ana.without("react:burst")


async def test_a_flood_is_slowed_down_and_says_how_long_to_wait(mara, ana, settings):
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"react": (1, 60, 12)}
    for number in range(20):
        await mara.send(type="react:burst", emoji="🔥", ref=f"{number}")
    answers = [await mara.frame("ack", "error") for _ in range(20)]
    refused = [answer for answer in answers if answer["type"] == "error"]
    assert len(answers) - len(refused) == 12
    assert {answer["code"] for answer in refused} == {"rate_limited"}
    assert all(answer["retry_after"] > 0 for answer in refused)
    assert (await ana.ask(type="react:burst", emoji="🔥"))["type"] == "ack"


async def test_a_crowd_is_thinned_out_and_nobody_is_blamed_for_it(mara, ana, settings):
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"react_room": (1, 60, 3)}
    answers = [await mara.ask(type="react:burst", emoji="👏") for _ in range(6)]
    assert {answer["type"] for answer in answers} == {"ack"}
    for _ in range(3):
        await ana.frame("react:burst")
    assert await ana.without("react:burst")


async def test_who_may_not_write_may_not_react(sockets, people, room, mara, monkeypatch):
    silent = policy.ROLES["guest"] - {"chat"}
    monkeypatch.setitem(policy.ROLES, "guest", silent)
    ilya = await sockets.open(people.guest, room.code)
    assert (await ilya.ask(type="react:burst", emoji="🍿"))["code"] == "no_chat"
    assert await mara.without("react:burst")


async def test_a_removed_member_cannot_react_by_the_old_socket(mara, ana, people, room):
    await kick(room, actor=people.owner, target=people.member)
    assert await ana.closing_code() == 4403
    await ana.send(type="react:burst", emoji="🍿")
    assert await mara.without("react:burst")


async def test_a_stranger_cannot_react_in_a_room(sockets, people, room):
    assert await sockets.refusal(people.stranger, room.code) == 4403

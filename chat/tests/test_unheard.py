"""A shadow-muted person writes as ever: their own pages show it, nobody else's get it."""

import datetime

import pytest
from channels.db import database_sync_to_async
from django.test.utils import CaptureQueriesContext

from chat import services
from chat.models import Message, Poll
from chat.tasks import sweep
from chat.unheard.services import release, shadow_end
from rooms import gateway, memberships
from rooms.access import member_in
from rooms.models import Membership
from syncwatch.lib import clock, redis

in_db = database_sync_to_async
pytestmark = pytest.mark.django_db(transaction=True)
WRITTEN = [
    {"type": "chat:send", "body": "Nobody reads this"},
    {"type": "chat:send", "body": "waves", "style": "me"},
    {"type": "chat:send", "body": "2d6", "style": "roll"},
    {"type": "chat:send", "body": "@Mara look", "media_time": 7.5},
    {"type": "poll:open", "question": "And?", "options": ["A", "B"]},
]


@pytest.fixture(autouse=True)
def _quick(settings):
    settings.RATE_LIMIT_FACTOR = 1_000


@pytest.fixture
async def ilya(mara, ana, sockets, people, room, shadow):
    """The guest, shadow-muted, on two pages."""
    await in_db(shadow)(people.guest, reason="spam")
    return [await sockets.open(people.guest, room.code) for _ in range(2)]


async def write(page, nonce, **frame):
    """A message, or what `frame` says."""
    said = frame if "type" in frame else {**WRITTEN[0], **frame}
    answer = await page.ask(**said, nonce=nonce)
    assert answer["type"] == "ack", answer
    return answer["message"]


async def asked(page, nonce, **frame):
    return await write(page, nonce, **{**WRITTEN[-1], **frame})


def seq_of(code):
    return int(redis.sync().get(gateway.key(code, "seq")) or 0)


@pytest.mark.parametrize("frame", WRITTEN, ids=lambda frame: frame.get("style", frame["type"]))
async def test_what_they_write_shows_on_their_own_pages_alone(mara, ana, ilya, room, frame):
    before = seq_of(room.code)
    message = await write(ilya[0], "n1", **frame)
    assert message["seq"] == before == seq_of(room.code), "no event, and a number all the same"
    for page in ilya:
        event = await page.frame("chat:message")
        assert (event["message"], event["nonce"]) == (message, "n1")
        assert "seq" not in event
    for other in (mara, ana):
        assert await other.without("chat:message")
    row = await Message.objects.aget(pk=message["id"])
    assert (row.unheard, row.rank, row.seq) == (True, None, before)


async def test_it_looks_like_a_message_that_is_heard(ilya, ana):
    heard = (await ana.ask(type="chat:send", body="Hello", nonce="a"))["message"]
    unheard = await write(ilya[0], "n1")
    assert unheard.keys() == heard.keys()
    assert {name: type(value) for name, value in unheard.items() if name != "author"} == {
        name: type(value) for name, value in heard.items() if name != "author"
    }


async def test_the_same_nonce_again_is_the_same_message(ilya):
    first = await write(ilya[0], "same")
    assert await write(ilya[1], "same") == first
    assert await Message.objects.filter(unheard=True).acount() == 1


async def test_after_a_reload_it_stands_where_it_was_written(
    mara, ana, ilya, sockets, people, room
):
    await mara.ask(type="chat:send", body="one", nonce="1")
    await write(ilya[0], "n1", body="two")
    await mara.ask(type="chat:send", body="three", nonce="3")
    poll = await asked(ilya[0], "n2")

    def read(snapshot):
        lines = [each["body"] for each in snapshot["messages"] if each["kind"] == "text"]
        return lines, [each["id"] for each in snapshot["polls"]]

    mine = (await sockets.open(people.guest, room.code)).snapshot
    assert read(mine) == (["one", "two", "three", "And?"], [poll["id"]])
    for other in (people.owner, people.member):
        theirs = (await sockets.open(other, room.code)).snapshot
        assert read(theirs) == (["one", "three"], [])
        assert theirs.keys() == mine.keys()


async def test_they_change_it_and_nobody_else_hears(mara, ana, ilya):
    message = (await write(ilya[0], "n1"))["id"]
    poll = (await asked(ilya[0], "n2"))["id"]
    first, other = ilya
    deeds = [
        ({"type": "chat:edit", "id": message, "body": "Nor this"}, "chat:edited"),
        ({"type": "chat:react", "id": message, "emoji": "🔥", "on": True}, "chat:reaction"),
        ({"type": "poll:vote", "id": poll, "options": [1]}, "poll:voted"),
        ({"type": "poll:close", "id": poll}, "poll:closed"),
        ({"type": "chat:delete", "id": message}, "chat:deleted"),
    ]
    assert (await first.ask(type="chat:read", id=message))["type"] == "ack"
    for frame, kind in deeds:
        assert (await first.ask(**frame))["type"] == "ack", frame
        assert "seq" not in await other.frame(kind)
    for page in (mara, ana):
        assert await page.without("chat:message", *(kind for _, kind in deeds))
        for frame, _ in deeds:
            if frame["type"] != "chat:delete" or page is ana:
                assert (await page.ask(**frame))["code"] == "not_found", frame
    assert not (await Message.objects.aget(pk=message)).body


async def test_their_writing_is_not_told_but_votes_and_reactions_are(mara, ana, ilya):
    said = (await mara.ask(type="chat:send", body="Hello", nonce="1"))["message"]["id"]
    await ilya[0].ask(type="chat:typing")
    assert await ana.without("chat:typing")
    await ilya[0].ask(type="chat:react", id=said, emoji="🔥", on=True)
    assert (await ana.frame("chat:reaction"))["id"] == said
    await ilya[0].ask(type="react:burst", emoji="👏")
    assert (await ana.frame("react:burst"))["emoji"] == "👏"
    await ana.ask(type="chat:typing")
    assert await mara.frame("chat:typing")


async def test_nobody_else_answers_or_quotes_it(mara, ana, ilya):
    message = (await write(ilya[0], "n1"))["id"]
    for page in (mara, ana):
        answer = await page.ask(type="chat:send", body="x", nonce="q", reply_to=message)
        assert answer["code"] == "invalid"
    mine = await write(ilya[1], "n2", reply_to=message)
    assert mine["reply"]["text"] == "Nobody reads this"
    assert await ana.without("chat:message")


async def test_an_answer_to_it_goes_out_without_the_quote_when_the_mute_is_over(
    ana, ilya, people, room
):
    message = (await write(ilya[0], "n1"))["id"]
    actor = await in_db(member_in)(room, str(people.owner.pk))
    await in_db(shadow_end)(actor=actor, user_id=str(people.guest.pk))
    await write(ilya[0], "n2", body="Hello again", reply_to=message)
    told = (await ana.frame("chat:message"))["message"]
    assert (told["body"], told["reply_to"], told["reply"]) == ("Hello again", None, None)


async def test_past_its_end_it_counts_for_nothing(ana, sockets, people, room, shadow, frozen_clock):
    await in_db(shadow)(people.guest, until=clock.now() + datetime.timedelta(minutes=10))
    page = await sockets.open(people.guest, room.code)
    await write(page, "n1")
    frozen_clock.advance(600_001)
    await write(page, "n2", body="Back")
    assert (await ana.frame("chat:message"))["message"]["body"] == "Back"


async def test_it_stays_with_them_when_they_leave_and_come_back(ana, ilya, sockets, people, room):
    for page in ilya:
        await page.close()
    place = await in_db(member_in)(room, str(people.guest.pk))
    await in_db(memberships.room_leave)(membership=place)
    await in_db(memberships.place_take)(user=people.guest, room=room, role="guest")
    message = await write(await sockets.open(people.guest, room.code), "n1")
    lines = [(await ana.frame("chat:message"))["message"]["deed"]["name"] for _ in range(2)]
    assert lines == ["left", "joined"]
    assert await ana.without("chat:message")
    assert (await Message.objects.aget(pk=message["id"])).unheard


async def test_filters_and_slow_mode_hold_for_them(ilya, people, room, frozen_clock):
    room.slow_mode_s, room.filters = 30, {**room.filters, "words": ["rosebud"]}
    await room.asave()
    refused = await ilya[0].ask(type="chat:send", body="rosebud", nonce="n0")
    assert refused["code"] == "word_refused"
    await write(ilya[0], "n1")
    assert (await ilya[1].ask(type="chat:send", body="x", nonce="n2"))["code"] == "slow_mode"


async def test_the_sweep_leaves_it_alone_and_closes_its_polls(ana, ilya, frozen_clock):
    await write(ilya[0], "n1")
    await asked(ilya[0], "n2", for_s=60)
    frozen_clock.advance(61_000)
    await in_db(sweep)()
    assert await ana.without("chat:message", "poll:closed")
    assert await Message.objects.filter(unheard=True, rank=None).acount() == 2
    assert not await Poll.objects.filter(closed_at=None).aexists()
    assert await ilya[1].frame("poll:closed")


async def test_their_open_polls_do_not_count_against_the_room(ana, ilya):
    for number in range(5):
        await asked(ilya[0], f"n{number}")
    full = await ilya[0].ask(type="poll:open", question="?", options=["A", "B"], nonce="n6")
    assert full["code"] == "invalid"
    await asked(ana, "a")


async def test_a_deed_goes_on_past_what_nobody_read(ana, ilya, people, room):
    """Ten jumps are one line; a message in between would make them two."""
    from rooms.deeds import Deed, done

    def jump(to):
        done(Deed(str(room.pk), "seek", str(people.owner.pk), {"position": to, "back": False}))

    await in_db(jump)(10)
    await write(ilya[0], "n1")
    await in_db(jump)(20)
    assert await Message.objects.filter(deed__name="seek").acount() == 1


async def test_moderators_take_it_back_and_clearing_does_not_tell_of_it(mara, ana, ilya, people):
    message = (await write(ilya[0], "n1"))["id"]
    cleared = await mara.ask(type="chat:clear", user_id=str(people.guest.pk))
    assert cleared["count"] == 0
    assert (await mara.ask(type="chat:delete", id=message))["type"] == "ack"
    assert (await ilya[1].frame("chat:deleted"))["id"] == message
    assert await ana.without("chat:deleted", "chat:cleared", "chat:message")


async def test_released_it_is_told_once_without_a_quote_of_what_nobody_read(
    mara, ana, ilya, people, room
):
    first = (await write(ilya[0], "n1"))["id"]
    second = (await write(ilya[0], "n2", body="And this", reply_to=first))["id"]
    actor = await in_db(member_in)(room, str(people.owner.pk))
    for _ in range(2):
        await in_db(release)(actor=actor, message_id=second)
    told = await ana.frame("chat:message")
    assert (told["message"]["body"], told["message"]["reply"]) == ("And this", None)
    assert told["seq"] == told["message"]["seq"]
    assert await ana.without("chat:message")
    await ilya[1].frame("chat:message")
    await ilya[1].frame("chat:message")
    assert (await ilya[1].frame("chat:message"))["seq"] == told["seq"]
    row = await Message.objects.aget(pk=second)
    assert (row.unheard, row.seq) == (False, told["seq"])
    assert row.rank is not None


async def test_a_release_that_was_cut_off_is_followed_by_the_sweep(
    ana, ilya, people, room, monkeypatch, frozen_clock
):
    from chat.unheard import services as unheard

    message = (await write(ilya[0], "n1"))["id"]
    actor = await in_db(member_in)(room, str(people.owner.pk))

    def died(_message):
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(unheard, "message_told", died)
        with pytest.raises(RuntimeError):
            await in_db(release)(actor=actor, message_id=message)
    frozen_clock.advance(11_000)
    await in_db(sweep)()
    assert (await ana.frame("chat:message"))["message"]["id"] == message


def test_it_costs_no_statement_of_its_own(room, people, say, shadow):
    """Moderators: not one that names it. Others: folded into the read of their place."""
    from django.db import connection

    shadow(people.guest)
    for who, everybody, reads in ((people.owner, True, 0), (people.guest, False, 1)):
        with CaptureQueriesContext(connection) as seen:
            say("x", by=who, everybody=everybody)
        named = [each["sql"] for each in seen if "chat_shadowmute" in each["sql"]]
        assert len(named) == reads
        assert all(Membership._meta.db_table in sql for sql in named)
    assert services.unpublished_publish() == 0

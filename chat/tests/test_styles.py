"""What somebody does, and dice: thrown by the server, once, and never changed."""

import secrets

import pytest
from channels.db import database_sync_to_async

from chat import exports, rules, services
from syncwatch.lib.errors import Forbidden, Invalid

in_db = database_sync_to_async
stored = pytest.mark.django_db
told = pytest.mark.django_db(transaction=True)


@told
async def test_what_one_does_reaches_everybody_as_that(mara, ana):
    await mara.ask(type="chat:send", body="waves", nonce="n", style="me")
    message = (await ana.frame("chat:message"))["message"]
    assert (message["style"], message["body"], message["roll"], message["kind"]) == (
        "me", "waves", None, "text",
    )  # fmt: skip


@told
async def test_dice_fall_once_however_often_they_are_sent(mara, ana, monkeypatch):
    fell = iter([0, 5])
    monkeypatch.setattr(secrets, "randbelow", lambda sides: next(fell))
    frame = {"type": "chat:send", "body": " 2D6 ", "nonce": "n", "style": "roll"}
    first = (await mara.ask(**frame))["message"]
    assert (first["roll"], first["body"]) == ({"dice": "2d6", "results": [1, 6]}, "2d6: 1 + 6 = 7")
    assert (await mara.ask(**frame))["message"]["roll"] == first["roll"]
    assert (await ana.frame("chat:message"))["message"]["roll"] == first["roll"]
    assert await ana.without("chat:message")


@told
async def test_malformed_ones_are_refused_in_words(mara, settings):
    settings.RATE_LIMIT_FACTOR = 100
    for body in ("21d6", "2d1", "2d1001", "d", "", "2d6+1", "0d6", "²d6", "2d6 2d6"):
        answer = await mara.ask(type="chat:send", body=body, nonce="n", style="roll")
        assert (answer["code"], "like 2d6" in answer["message"]) == ("invalid", True), body
    for style in ("shout", "", 1):
        answer = await mara.ask(type="chat:send", body="2d6", nonce="n", style=style)
        assert answer["code"] == "invalid"
    for more in ({"roll": {"dice": "1d6", "results": [6]}}, {"results": [6]}):
        answer = await mara.ask(type="chat:send", body="2d6", nonce="n", style="roll", **more)
        assert answer["code"] == "invalid"


@stored
def test_dice_stay_as_they_fell_and_deeds_may_be_changed(say, people):
    from chat.access import message_to_edit

    roll, deed = say("d20", style="roll"), say("waves", style="me")
    who = {"room_id": str(roll.room_id), "user_id": str(people.owner.id)}
    with pytest.raises(Forbidden, match="as they fell"):
        message_to_edit(**who, message_id=str(roll.id))
    services.message_edit(message=message_to_edit(**who, message_id=str(deed.id)), body="nods")
    deed.refresh_from_db()
    assert (deed.style, deed.body) == ("me", "nods")


@stored
def test_results_are_what_dice_show(say):
    results = say("20d1000", style="roll").roll["results"]
    assert len(results) == 20
    assert all(1 <= each <= 1000 for each in results)
    with pytest.raises(Invalid):
        say("21d1000", style="roll")


@stored
def test_they_are_written_as_deeds_in_the_file(say, room, people):
    say("waves", style="me")
    assert "* Mara waves" in "".join(exports.as_text(room, people.owner))


def test_dice_are_read_in_both_ways_of_writing_them():
    assert rules.dice_of("d20") == rules.dice_of("1W20") == (1, 20)
    assert rules.dice_of("20d1000") == (20, 1000)
    assert rules.roll_words("1d6", [4]) == "1d6: 4"

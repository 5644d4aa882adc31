"""Bad input: its code, its words, and nobody else notices."""

import pytest

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("light")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{{{", "malformed"),
        ("", "malformed"),
        ("null", "invalid"),
        ("[1]", "invalid"),
        ('"text"', "invalid"),
        ("{}", "invalid"),
        ('{"type": 7}', "invalid"),
        ('{"type": "no:such"}', "unknown_type"),
        ('{"type": "light:switch"}', "invalid"),
        ('{"type": "light:switch", "on": "yes"}', "invalid"),
        ('{"type": "light:switch", "on": NaN}', "malformed"),
        ('{"type": "light:switch", "on": true, "extra": 1}', "invalid"),
        ('{"type": "light:switch", "on": true, "ref": {"a": 1}}', "invalid"),
        ('{"type": "light:later", "due_ms": 1e309}', "invalid"),
        ('{"type": "light:echo", "text": {"a": 1}}', "invalid"),
        ("[" * 10_000, "invalid"),
        ("[" * 10_000 + "]" * 10_000, "invalid"),
        ('{"type": "light:echo", "text": ' + '{"a":' * 5_000 + "1" + "}" * 5_001, "invalid"),
        ('{"type": "light:echo", "text": "\\ud800"}', "malformed"),
        ('{"type": "light:echo", "text": "\ud800"}', "malformed"),
        ('{"type": "light:echo", "text": "a\x00"}', "malformed"),
        ('{"type": "light:later", "due_ms": 1.5}', "invalid"),
        ('{"type": "light:wink", "to": "\u20ac' + "\u20ac" * 30_000 + '"}', "frame_too_large"),
        ("x" * 1_000_000, "frame_too_large"),
        ('{"type": "light:echo", "text": "' + "a" * 70_000 + '"}', "frame_too_large"),
    ],
)
async def test_bad_frames_are_refused_in_words_and_the_socket_lives(
    sockets, people, room, text, code
):
    mara = await sockets.open(people.owner, room.code)
    await mara.send_text(text)
    answer = await mara.frame("error")
    assert answer["code"] == code
    assert answer["message"]
    assert (await mara.ask(type="light:switch", on=True))["type"] == "ack"


async def test_a_refused_frame_keeps_its_ref(sockets, people, room):
    mara = await sockets.open(people.owner, room.code)
    await mara.send(type="light:switch", on="yes", ref="mine")
    assert (await mara.frame("error"))["ref"] == "mine"


async def test_binary_frames_are_refused(sockets, people, room):
    mara = await sockets.open(people.owner, room.code)
    await mara.send_bytes(b"\x00\x01")
    assert (await mara.frame("error"))["code"] == "malformed"


async def test_what_was_said_right_before_leaving_is_done(sockets, people, room):
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    await ana.send(type="light:switch", on=True)
    await ana.close()
    assert (await mara.frame("light:switched"))["on"] is True


async def test_a_frame_without_a_policy_row_is_denied(sockets, light, people, room):
    mara = await sockets.open(people.owner, room.code)
    assert (await mara.ask(type="light:unlisted"))["code"] == "forbidden"
    assert ("unlisted",) not in light.log


async def test_too_many_frames_are_refused_and_a_flood_ends_it(sockets, people, room, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "frame": (1, 60, 2)}
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    answers = [await mara.ask(type="light:wink") for _ in range(3)]
    assert [each["type"] for each in answers] == ["ack", "ack", "error"]
    assert answers[2]["retry_after"] > 0
    for _ in range(120):
        await mara.send(type="light:wink")
    assert await mara.closing_code() == 4429
    assert (await ana.ask(type="light:wink"))["type"] == "ack"


async def test_pings_above_the_limit_are_dropped_and_never_a_strike(
    sockets, people, room, frozen_clock
):
    mara = await sockets.open(people.owner, room.code)
    for number in range(80):
        await mara.send(type="light:echo", text=str(number))
    await mara.send(type="room:resume", since=1, epoch=mara.snapshot["epoch"], ref="end")
    answers = 0
    while (frame := await mara.next())["type"] != "ack":
        answers += frame["type"] == "light:echoed"
    assert answers == 60

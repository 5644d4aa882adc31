"""What broke others must not break us: nonsense in every field of a room, and floods.

The kernel's own refusals are in rooms/tests/test_gateway_frames.py; here the product's frames are
meant, and somebody else who looks on.
"""

import pytest

from syncwatch.tests.bad_input import BAD
from syncwatch.tests.room_state import of

pytestmark = pytest.mark.django_db(transaction=True)


async def test_nonsense_is_refused_by_its_code_and_nobody_else_notices(
    sockets, people, room, settings, monkeypatch
):
    settings.RATE_LIMIT_FACTOR = 10_000
    monkeypatch.setattr("rooms.gateway.strikes.Strikes.refused", lambda *_: False)
    mara = await sockets.open(people.owner, room.code)
    looks_on = await sockets.open(people.member, room.code)
    before = (await sockets.open(people.member, room.code)).snapshot
    for text, code in BAD:
        await mara.send_text(text)
        answer = await mara.frame("error")
        assert (answer["code"], bool(answer["message"])) == (code, True), (text[:200], answer)
    await mara.send_bytes(b"\xff\x00{")
    assert (await mara.frame("error"))["code"] == "malformed"
    assert (await mara.ask(type="sync:seek", position=0))["type"] == "ack"
    assert (await looks_on.frame("sync:command"))["seq"] == before["seq"] + 1, "nothing before it"
    after = (await sockets.open(people.member, room.code)).snapshot
    parts = {"timeline", "seq"}
    kept = [{k: v for k, v in of(each).items() if k not in parts} for each in (before, after)]
    assert kept[0] == kept[1]


async def test_nonsense_all_the_time_ends_only_whoever_sends_it(sockets, people, room):
    ana = await sockets.open(people.member, room.code)
    mara = await sockets.open(people.owner, room.code)
    for _ in range(10_000):
        await ana.send_text("{{{")
    assert await ana.closing_code() == 4429
    assert (await mara.ask(type="sync:pause"))["type"] == "ack"


async def test_ten_thousand_messages_of_one_person_do_not_hold_up_another(sockets, people, room):
    """They are answered meanwhile; of the flood a handful is said, and its sender is sent away."""
    ana = await sockets.open(people.member, room.code)
    mara = await sockets.open(people.owner, room.code)
    for number in range(10_000):
        await ana.send(type="chat:send", body="spam", nonce=str(number))
    assert (await mara.ask(type="sync:pause"))["type"] == "ack"
    assert await ana.closing_code() == 4429

    again = await sockets.open(people.owner, room.code)
    said = sum(one["body"] == "spam" for one in again.snapshot["messages"])
    assert 0 < said <= 5, "as many at once as one person may say"

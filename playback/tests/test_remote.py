"""The remote, over the room socket: what each command does, who may, and what is refused."""

import asyncio

import pytest
from channels.db import database_sync_to_async

from rooms import memberships, services
from rooms.models import Room

pytestmark = pytest.mark.django_db(transaction=True)
in_db = database_sync_to_async

VERBS = {
    "sync:play": {"position": 30},
    "sync:pause": {},
    "sync:seek": {"position": 60},
    "sync:rate": {"rate": 1.5},
}


@pytest.fixture
def items(film, put_on_list):
    """Two films on the list."""
    return put_on_list(film("Big Buck Bunny"), film("Sintel"))


async def test_everybody_hears_each_command_and_who_gave_it(sockets, people, room, items):
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    load = {"sync:load": {"item_id": str(items[0].id)}}
    for kind, fields in (load | VERBS).items():
        ack = await mara.ask(type=kind, **fields)
        told = await ana.frame("sync:command")
        assert ack["type"] == "ack", ack
        assert told["seq"] == ack["seq"] == told["timeline"]["seq"]
        assert (told["action"], told["by"]) == (kind.partition(":")[2], str(people.owner.id))


async def test_a_loaded_film_is_what_the_timeline_and_the_room_name(sockets, people, room, items):
    mara = await sockets.open(people.owner, room.code)
    await mara.ask(type="sync:load", item_id=str(items[1].id))
    late = await sockets.open(people.member, room.code)
    timeline = late.snapshot["timeline"]
    assert (timeline["item_id"], timeline["source"]) == (str(items[1].id), "video")
    assert late.snapshot["room"]["now_playing"] == {
        "item_id": str(items[1].id), "title": "Sintel", "video_id": str(items[1].video_id),
    }  # fmt: skip
    seek = await mara.ask(type="sync:seek", position=9_999)
    told = await late.frame("sync:command")
    assert (told["seq"], told["timeline"]["position"]) == (seek["seq"], 600)


@pytest.mark.parametrize("control", ["owner", "moderators", "everyone"])
async def test_only_those_with_the_remote_may_command(sockets, people, room, items, control):
    def arrange():
        memberships.place_take(user=people.stranger, room=room, role="moderator")
        Room.objects.filter(pk=room.pk).update(control=control)

    await in_db(arrange)()
    may = {"owner": "o", "moderators": "om", "everyone": "omng"}[control]
    roles = {"o": people.owner, "m": people.stranger, "n": people.member, "g": people.guest}
    for letter, user in roles.items():
        socket = await sockets.open(user, room.code)
        for kind, fields in (VERBS | {"sync:load": {"item_id": str(items[0].id)}}).items():
            answer = await socket.ask(type=kind, **fields)
            expected = "ack" if letter in may else "no_control"
            assert answer.get("code", answer["type"]) == expected, (letter, kind)


async def test_a_refused_command_is_told_to_nobody_else(sockets, people, room):
    await in_db(services.room_update)(room=room, by=people.owner, changes={"control": "owner"})
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    await mara.frame("room:member:joined")
    refusal = await ana.ask(type="sync:play")
    assert "Only Mara (host) can give you the remote" in refusal["message"]
    assert await mara.quiet()


REFUSED = [
    '{"type":"sync:seek","position":NaN}',
    '{"type":"sync:seek","position":-Infinity}',
    '{"type":"sync:seek","position":1e309}',
    '{"type":"sync:seek","position":-0.1}',
    '{"type":"sync:seek","position":864000.1}',
    '{"type":"sync:seek","position":"12"}',
    '{"type":"sync:seek","position":{"a":1}}',
    '{"type":"sync:seek","position":[1]}',
    '{"type":"sync:seek","position":true}',
    '{"type":"sync:seek","position":null}',
    '{"type":"sync:seek"}',
    '{"type":"sync:seek","position":1,"by":"somebody"}',
    '{"type":"sync:play","position":-1}',
    '{"type":"sync:play","position":"now"}',
    '{"type":"sync:play","at":1}',
    '{"type":"sync:pause","position":1e300}',
    '{"type":"sync:pause","timeline":{}}',
    '{"type":"sync:rate","rate":0}',
    '{"type":"sync:rate","rate":0.2}',
    '{"type":"sync:rate","rate":3.01}',
    '{"type":"sync:rate","rate":-1}',
    '{"type":"sync:rate","rate":"2"}',
    '{"type":"sync:rate"}',
    '{"type":"sync:load"}',
    '{"type":"sync:load","item_id":7}',
    '{"type":"sync:load","item_id":null}',
    '{"type":"sync:load","item_id":""}',
    '{"type":"sync:load","item_id":{"$ne":1}}',
    '{"type":"sync:load","item_id":"0123456789012345678901234567890123456"}',
    '{"type":"sync:request","action":"<b>"}',
    '{"type":"sync:request","action":""}',
    '{"type":"sync:dance"}',
    '{"type":"sync:play"',
    '{"type":"sync:play","position":' + "[" * 10_000,
]


async def test_malformed_commands_are_answered_and_change_nothing(sockets, people, room):
    mara = await sockets.open(people.owner, room.code)
    for text in REFUSED:
        await mara.send_text(text)
        answer = await mara.next()
        assert answer["type"] == "error", text
        assert answer["code"] in {"invalid", "malformed", "unknown_type"}, text
        assert answer["message"]
    ack = await mara.ask(type="sync:play")
    assert ack["seq"] == mara.snapshot["seq"] + 1


async def test_a_film_that_cannot_be_played_is_refused_in_words(
    sockets, people, room, film, put_on_list
):
    young, broken = await in_db(put_on_list)(
        await in_db(film)("Young", state="processing", playable=False, progress=12),
        await in_db(film)(
            "Broken", state="failed", playable=False, error_code="damaged",
            error_message="The file is damaged.",
        ),
    )  # fmt: skip
    mara = await sockets.open(people.owner, room.code)
    soon = await mara.ask(type="sync:load", item_id=str(young.id))
    never = await mara.ask(type="sync:load", item_id=str(broken.id))
    assert (soon["code"], "12 %" in soon["message"]) == ("not_playable", True)
    assert (never["code"], "damaged" in never["message"]) == ("video_failed", True)


async def test_an_item_of_another_room_is_not_there(sockets, people, room, film, items):
    def elsewhere():
        from playback.services import item_add

        other = services.room_create(owner=people.owner, name="Elsewhere")
        return item_add(room=other, by=people.owner, video_id=str(film().id))

    foreign = await in_db(elsewhere)()
    mara = await sockets.open(people.owner, room.code)
    for item_id in (str(foreign.id), "nonsense", str(room.id)):
        assert (await mara.ask(type="sync:load", item_id=item_id))["code"] == "not_found"


async def test_a_flood_of_commands_is_slowed_down_and_loses_no_order(sockets, people, room):
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    for number in range(30):
        await mara.send(type="sync:seek", position=number, ref=f"r{number}")
    answers = [await mara.frame("ack", "error") for _ in range(30)]
    accepted = [answer["seq"] for answer in answers if answer["type"] == "ack"]
    refused = [answer for answer in answers if answer["type"] == "error"]
    assert 12 <= len(accepted) < 20
    assert {answer["code"] for answer in refused} == {"rate_limited"}
    assert all(answer["retry_after"] > 0 for answer in refused)
    heard = [(await ana.frame("sync:command"))["seq"] for _ in accepted]
    assert heard == accepted == list(range(accepted[0], accepted[0] + len(accepted)))


async def test_people_commanding_at_once_are_heard_by_all_in_one_order(sockets, people, room):
    sockets = [
        await sockets.open(user, room.code) for user in (people.owner, people.member, people.guest)
    ]

    async def hammer(socket):
        for number in range(10):
            await socket.send(type="sync:seek", position=number)

    await asyncio.gather(*(hammer(socket) for socket in sockets))

    async def hear(socket):
        return [await socket.frame("sync:command") for _ in range(30)]

    heard = await asyncio.gather(*(hear(socket) for socket in sockets))
    assert heard[0] == heard[1] == heard[2]
    seqs = [event["seq"] for event in heard[0]]
    assert seqs == list(range(seqs[0], seqs[0] + 30))

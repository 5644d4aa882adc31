"""Asking for a deed that only others may do, and what they answer, over the room socket."""

import pytest
from channels.db import database_sync_to_async

from accounts import friends
from rooms import memberships
from rooms.gateway.hub import running_hub
from rooms.models import Room
from syncwatch.tests.sent_away import kick
from syncwatch.tests.socket_client import until

pytestmark = pytest.mark.django_db(transaction=True)
in_db = database_sync_to_async


@pytest.fixture
async def hosted(people, room):
    """Mara's room, where she and moderators hold the remote; Jonas is one."""

    def arrange():
        Room.objects.filter(pk=room.pk).update(control="moderators")
        memberships.place_take(user=people.stranger, room=room, role="moderator")

    await in_db(arrange)()
    return room


@pytest.fixture
async def mara(hosted, sockets, people):
    return await sockets.open(people.owner, hosted.code)


@pytest.fixture
async def ana(mara, sockets, people, hosted):
    return await sockets.open(people.member, hosted.code)


DEEDS = [
    {"action": "play"},
    {"action": "pause"},
    {"action": "seek", "position": 72.5},
    {"action": "rate", "rate": 1.5},
    {"action": "load", "item_id": "0190"},
]


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed["action"])
async def test_whoever_may_do_it_hears_who_asks_and_for_what(mara, ana, people, deed):
    answer, asked = await ana.ask(type="sync:request", **deed), await mara.frame("sync:request")
    assert answer["type"] == "ack"
    assert asked["person"]["id"] == str(people.member.id)
    rest = {"position": None, "rate": None, "item_id": None} | deed
    assert {name: asked[name] for name in rest} == rest
    assert "seq" not in asked


async def test_it_is_asked_of_those_who_may_and_of_nobody_else(mara, ana, sockets, people, hosted):
    jonas = await sockets.open(people.stranger, hosted.code)
    ilya = await sockets.open(people.guest, hosted.code)
    await ana.ask(type="sync:request", action="play")
    for socket in (mara, jonas):
        assert (await socket.frame("sync:request"))["action"] == "play"
    assert await ilya.without("sync:request")
    assert await ana.without("sync:request")


async def test_where_the_host_alone_may_a_moderator_is_not_asked(sockets, people, hosted):
    await in_db(Room.objects.filter(pk=hosted.pk).update)(control="owner")
    mara, jonas, ana = [
        await sockets.open(user, hosted.code)
        for user in (people.owner, people.stranger, people.member)
    ]
    await ana.ask(type="sync:request", action="play")
    assert (await mara.frame("sync:request"))["action"] == "play"
    assert await jonas.without("sync:request")
    assert (await jonas.ask(type="sync:request", action="play"))["type"] == "ack"


@pytest.mark.parametrize("control", ["everyone", "moderators"])
async def test_the_remote_itself_is_asked_of_those_who_can_grant_it(
    sockets, people, hosted, control
):
    await in_db(Room.objects.filter(pk=hosted.pk).update)(control=control)
    mara, jonas, ana, ilya = [
        await sockets.open(user, hosted.code)
        for user in (people.owner, people.stranger, people.member, people.guest)
    ]
    assert (await ilya.ask(type="sync:request", action="control"))["type"] == "ack"
    for socket in (mara, jonas):
        asked = await socket.frame("sync:request")
        assert (asked["person"]["display_name"], asked["action"]) == ("Ilya", "control")
    assert await ana.without("sync:request")
    granted = {"user_id": str(people.guest.id), "action": "control", "granted": True}
    assert (await mara.ask(type="sync:answer", **granted))["type"] == "ack"
    for socket in (jonas, ilya):
        assert (await socket.frame("sync:answer"))["action"] == "control"


async def test_a_deed_that_one_may_do_oneself_is_told_to_those_who_grant(
    mara, ana, sockets, people, hosted
):
    jonas = await sockets.open(people.stranger, hosted.code)
    assert (await jonas.ask(type="sync:request", action="play"))["type"] == "ack"
    assert (await mara.frame("sync:request"))["action"] == "play"
    assert await ana.without("sync:request")


@pytest.mark.parametrize("granted", [True, False])
async def test_the_answer_reaches_the_asker_and_those_who_were_asked(
    mara, ana, sockets, people, hosted, granted
):
    jonas = await sockets.open(people.stranger, hosted.code)
    ilya = await sockets.open(people.guest, hosted.code)
    await ana.ask(type="sync:request", action="play")
    answer = {"user_id": str(people.member.id), "action": "play", "granted": granted}
    assert (await jonas.ask(type="sync:answer", **answer))["type"] == "ack"
    expected = {"type": "sync:answer", "by": str(people.stranger.id), **answer}
    for socket in (ana, mara, jonas):
        assert await socket.frame("sync:answer") == expected
    assert await ilya.without("sync:answer")


async def test_who_has_not_the_remote_cannot_answer(mara, ana, sockets, people, hosted):
    ilya = await sockets.open(people.guest, hosted.code)
    answer = {"user_id": str(people.member.id), "action": "play", "granted": True}
    assert (await ilya.ask(type="sync:answer", **answer))["code"] == "no_control"
    assert await ana.without("sync:answer")


MALFORMED = [
    '{"type":"sync:request"}',
    '{"type":"sync:request","action":"<b>"}',
    '{"type":"sync:request","action":"seek","position":-1}',
    '{"type":"sync:request","action":"seek","position":"12"}',
    '{"type":"sync:request","action":"rate","rate":9}',
    '{"type":"sync:request","action":"load","item_id":""}',
    '{"type":"sync:request","action":"play","person":{"id":"x"}}',
    '{"type":"sync:answer"}',
    '{"type":"sync:answer","user_id":"","action":"play","granted":true}',
    '{"type":"sync:answer","user_id":"x","action":"PLAY","granted":true}',
    '{"type":"sync:answer","user_id":"x","action":"play","granted":"yes"}',
    '{"type":"sync:answer","user_id":"x","action":"play","granted":true,"by":"y"}',
]


async def test_malformed_questions_and_answers_reach_nobody(mara, ana):
    for text in MALFORMED:
        await ana.send_text(text)
        assert (await ana.frame("error"))["code"] == "invalid", text
    assert await mara.without("sync:request")
    assert await mara.without("sync:answer")


@pytest.mark.parametrize("deed", [
    {"action": "play", "position": 3600},
    {"action": "pause", "position": 0},
    {"action": "seek", "position": 1, "rate": 2},
    {"action": "control", "item_id": "x"},
], ids=lambda deed: deed["action"])  # fmt: skip
async def test_a_question_hides_nothing_that_a_yes_would_do_with_it(mara, ana, deed):
    refused = await ana.ask(type="sync:request", **deed)
    assert (refused["code"], refused["type"]) == ("invalid", "error")
    assert await mara.without("sync:request")


async def test_who_asks_again_and_again_is_slowed_down(mara, ana):
    answers = [await ana.ask(type="sync:request", action="play") for _ in range(6)]
    refused = [answer for answer in answers if answer["type"] == "error"]
    assert len(refused) == 3
    assert {answer["code"] for answer in refused} == {"rate_limited"}
    for _ in range(3):
        await mara.frame("sync:request")
    assert await mara.without("sync:request")


async def test_somebody_sent_away_asks_no_more(mara, ana, people, hosted):
    await kick(hosted, actor=people.owner, target=people.member)
    assert await ana.closing_code() == 4403
    await ana.send(type="sync:request", action="play")
    assert await mara.without("sync:request")


class TestPastABlock:
    """Whom it keeps apart do not ask each other; everybody else goes on as before."""

    @pytest.fixture
    async def jonas(self, mara, ana, sockets, people, hosted):
        return await sockets.open(people.stranger, hosted.code)

    @pytest.fixture(params=["who is asked blocked", "who asks blocked"])
    async def apart(self, request, jonas, people, hosted):
        """Jonas, who moderates, and Ana, who asks."""
        one, other = people.stranger, people.member
        if request.param == "who asks blocked":
            one, other = other, one
        await in_db(friends.block_add)(user=one, other=other)
        connections = running_hub().rooms[hosted.code].connections.values()
        await until(lambda: sum(bool(each.caller.hidden) for each in connections) == 2)

    @pytest.mark.usefixtures("apart")
    @pytest.mark.parametrize("action", ["play", "control"])
    async def test_others_who_may_hear_it_and_the_blocker_does_not(self, mara, ana, jonas, action):
        assert (await ana.ask(type="sync:request", action=action))["type"] == "ack"
        assert (await mara.frame("sync:request"))["person"]["display_name"] == "Ana"
        assert await jonas.without("sync:request")

    @pytest.mark.usefixtures("apart")
    async def test_nor_what_became_of_it(self, mara, ana, jonas, people):
        said = {"user_id": str(people.member.id), "action": "play", "granted": True}
        assert (await mara.ask(type="sync:answer", **said))["type"] == "ack"
        assert (await ana.frame("sync:answer"))["by"] == str(people.owner.id)
        assert await jonas.without("sync:answer")

    @pytest.mark.usefixtures("apart")
    async def test_who_was_not_asked_has_no_say(self, mara, ana, jonas, people):
        said = {"user_id": str(people.member.id), "action": "play", "granted": False}
        assert (await jonas.ask(type="sync:answer", **said))["type"] == "ack"
        for socket in (ana, mara):
            assert await socket.without("sync:answer")

    @pytest.mark.usefixtures("apart")
    async def test_somebody_else_asks_the_blocker_still(self, jonas, sockets, people, hosted):
        ilya = await sockets.open(people.guest, hosted.code)
        await ilya.ask(type="sync:request", action="play")
        assert (await jonas.frame("sync:request"))["person"]["display_name"] == "Ilya"

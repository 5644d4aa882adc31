"""The call of a room, over its socket: coming, going, how one is, and signals between two."""

import asyncio

import pytest
from channels.db import database_sync_to_async

from rooms import memberships, services
from rooms.gateway.hub import running_hub
from rooms.models import Membership
from syncwatch.lib import redis
from syncwatch.tests.sent_away import kick
from syncwatch.tests.socket_client import until

pytestmark = pytest.mark.django_db(transaction=True)
in_db = database_sync_to_async

MARA, ANA, ILYA = "session-mara", "session-ana0", "session-ilya"
OFFER = {"type": "offer", "sdp": "v=0\r\n"}
CANDIDATE = {"candidate": "candidate:1 1 udp 1 10.0.0.1 5 typ host", "sdpMid": "0",
             "sdpMLineIndex": 0, "usernameFragment": "abcd"}  # fmt: skip


@pytest.fixture
async def mara(sockets, people, room):
    return await sockets.open(people.owner, room.code)


@pytest.fixture
async def ana(mara, sockets, people, room):
    return await sockets.open(people.member, room.code)


async def join(socket, session, **more):
    return await socket.ask(type="voice:join", session=session, **more)


@pytest.fixture
async def call(mara, ana):
    """Mara and Ana talk; both have heard of it."""
    await join(mara, MARA)
    await join(ana, ANA)
    await mara.frame("voice:peer:joined")
    await mara.frame("voice:peer:joined")
    await ana.frame("voice:peer:joined")
    await ana.frame("voice:peer:joined")
    return mara, ana


def peer_of(user, session, **more):
    return {
        "session": session,
        "user": {"id": str(user.id), "display_name": user.display_name,
                 "guest": user.is_guest, "avatar": user.avatar, "picture": None},
        "muted": False, "deafened": False, **more,
    }  # fmt: skip


# --- coming and going ----------------------------------------------------------------------


async def test_the_first_finds_nobody_the_second_finds_the_first(mara, ana, people):
    assert (await join(mara, MARA, muted=True))["peers"] == []
    told = await ana.frame("voice:peer:joined")
    assert told["peer"] == peer_of(people.owner, MARA, muted=True)
    assert told["seq"]
    assert (await join(ana, ANA))["peers"] == [peer_of(people.owner, MARA, muted=True)]


async def test_two_at_once_find_each_other_exactly_once(mara, ana):
    """Who makes the offer is decided by who finds whom: it must be one of the two."""
    answers = await asyncio.gather(join(mara, MARA), join(ana, ANA))
    assert sorted(len(answer["peers"]) for answer in answers) == [0, 1]


async def test_whoever_opens_the_room_sees_who_talks(call, sockets, people, room):
    ilya = await sockets.open(people.guest, room.code)
    assert {peer["session"] for peer in ilya.snapshot["voice"]["peers"]} == {MARA, ANA}


async def test_leaving_is_told_and_may_be_said_twice(call):
    mara, ana = call
    assert (await ana.ask(type="voice:leave"))["type"] == "ack"
    left = await mara.frame("voice:peer:left")
    assert (left["session"], left["reason"]) == (ANA, "left")
    assert (await ana.ask(type="voice:leave"))["type"] == "ack"
    assert await mara.quiet()


async def test_the_same_session_again_is_one_peer_and_goes_on(call, sockets, people, room):
    """A lost connection never ends a call: the tab comes back and announces itself again."""
    mara, ana = call
    await ana.ask(type="voice:state", muted=True, deafened=True)
    await mara.frame("voice:peer:state")
    await ana.close()
    back = await sockets.open(people.member, room.code)
    answer = await join(back, ANA, muted=True)
    assert [peer["session"] for peer in answer["peers"]] == [MARA]
    state = await mara.frame("voice:peer:state", "voice:peer:joined")
    assert (state["type"], state["muted"], state["deafened"]) == ("voice:peer:state", True, True)


async def test_a_person_who_talks_from_another_tab_leaves_the_first(call, sockets, people, room):
    mara, ana = call
    tab = await sockets.open(people.member, room.code)
    await join(tab, "session-ana2")
    left, joined = await mara.frame("voice:peer:left"), await mara.frame("voice:peer:joined")
    assert (left["session"], left["reason"]) == (ANA, "replaced")
    assert joined["peer"]["session"] == "session-ana2"
    assert (await ana.ask(type="voice:state", muted=False))["code"] == "not_in_call"


async def test_nobody_takes_the_name_of_somebody_elses_call(call, sockets, people, room):
    ilya = await sockets.open(people.guest, room.code)
    assert (await join(ilya, MARA))["code"] == "invalid"


async def test_past_the_limit_one_is_told_so_in_words(call, sockets, people, room, settings):
    settings.VOICE_MAX_PEERS = 2
    ilya = await sockets.open(people.guest, room.code)
    refused = await join(ilya, ILYA)
    assert (refused["code"], refused["message"][:20]) == ("voice_full", "2 people talk here a")
    assert (await join(call[0], MARA))["type"] == "ack", "whoever is in comes back"
    await call[1].ask(type="voice:leave")
    assert len((await join(ilya, ILYA))["peers"]) == 1


async def test_a_browser_that_is_silent_for_thirty_seconds_is_let_go(frozen_clock, call, sockets):
    mara, ana = call
    await mara.ask(type="voice:state", muted=False)
    await ana.frame("voice:peer:state")
    await ana.close()
    for _ in range(2):
        frozen_clock.advance(14_900)
        await mara.ask(type="voice:state", muted=False)
        await sockets.run_due()
    assert await mara.without("voice:peer:left")
    frozen_clock.advance(201)
    await sockets.run_due()
    left = await mara.frame("voice:peer:left")
    assert (left["session"], left["reason"]) == (ANA, "lost")


async def test_who_is_sent_out_of_the_room_is_out_of_its_call(call, people, room):
    mara, _ = call
    await kick(room, actor=people.owner, target=people.member)
    left = await mara.frame("voice:peer:left")
    assert (left["session"], left["reason"]) == (ANA, "kicked")


async def test_after_redis_lost_everything_browsers_announce_themselves(call, people, room):
    mara, ana = call
    redis.sync().flushall()
    await running_hub().audit()
    fresh = await ana.frame("room:snapshot")
    assert fresh["voice"]["peers"] == []
    assert (await join(mara, MARA))["peers"] == []
    assert [peer["session"] for peer in (await join(ana, ANA))["peers"]] == [MARA]


# --- how one is -----------------------------------------------------------------------------


async def test_how_one_is_is_told_and_seen_by_whoever_comes(call, sockets, people, room):
    mara, ana = call
    await ana.ask(type="voice:state", muted=True, deafened=False, speaking=False)
    told = await mara.frame("voice:peer:state")
    assert told == {
        "type": "voice:peer:state", "session": ANA, "user_id": str(people.member.id),
        "muted": True, "deafened": False, "speaking": False,
    }  # fmt: skip
    ilya = await sockets.open(people.guest, room.code)
    assert {p["session"]: p["muted"] for p in ilya.snapshot["voice"]["peers"]} == {
        MARA: False, ANA: True,
    }  # fmt: skip


async def test_state_and_signals_are_for_those_in_the_call(mara, ana):
    await join(mara, MARA)
    assert (await ana.ask(type="voice:state", muted=True))["code"] == "not_in_call"
    refused = await ana.ask(type="voice:signal", to=MARA, epoch=0, description=OFFER)
    assert refused["code"] == "not_in_call"


# --- signals --------------------------------------------------------------------------------


async def test_a_signal_reaches_the_one_it_is_for_and_nobody_else(call, sockets, people, room):
    mara, ana = call
    other_tab = await sockets.open(people.owner, room.code)
    ilya = await sockets.open(people.guest, room.code)
    await ana.send(type="voice:signal", to=MARA, epoch=3, description=OFFER)
    await ana.send(type="voice:signal", to=MARA, epoch=3, candidate=CANDIDATE)
    await ana.send(type="voice:signal", to=MARA, epoch=3, candidate=None)
    head = {"type": "voice:signal", "from": ANA, "user_id": str(people.member.id), "to": MARA,
            "epoch": 3}  # fmt: skip
    assert await mara.frame("voice:signal") == {**head, "description": OFFER}
    assert await mara.frame("voice:signal") == {**head, "candidate": CANDIDATE}
    assert await mara.frame("voice:signal") == {**head, "candidate": None}
    for socket in (ilya, other_tab):
        assert await socket.without("voice:signal")


async def test_a_person_may_be_addressed_by_their_id(call, people):
    mara, ana = call
    await ana.send(type="voice:signal", to=str(people.owner.id), epoch=0, description=OFFER)
    assert (await mara.frame("voice:signal"))["to"] == MARA


async def test_a_signal_for_nobody_and_for_oneself_is_answered(call):
    _, ana = call
    for to in ("session-nobody", ANA):
        refused = await ana.ask(type="voice:signal", to=to, epoch=0, description=OFFER)
        assert refused["code"] == "voice_peer_gone"


async def test_nothing_of_a_signal_is_kept(call, room):
    from rooms import gateway

    _, ana = call
    await ana.ask(type="voice:signal", to=MARA, epoch=0, description=OFFER)
    kept = redis.sync().lrange(gateway.key(room.code, "recent"), 0, -1)
    assert not any(b"v=0" in text for text in kept)


ODD_SIGNALS = [
    {"description": OFFER, "candidate": CANDIDATE},
    {},
    {"description": {"type": "offer", "sdp": "x" * 16_385}},
    {"description": {"type": "shout", "sdp": ""}},
    {"description": OFFER | {"more": 1}},
    {"description": None},
    {"candidate": {"candidate": "x" * 2_049}},
    {"candidate": CANDIDATE, "epoch": -1},
    {"candidate": CANDIDATE, "epoch": 1.5},
    {"candidate": CANDIDATE, "to": ""},
    {"candidate": CANDIDATE, "from": MARA},
    {"candidate": [1]},
]


@pytest.mark.parametrize("odd", ODD_SIGNALS)
async def test_what_is_no_signal_is_refused(call, odd):
    mara, ana = call
    frame = {"type": "voice:signal", "to": MARA, "epoch": 0, **odd}
    assert (await ana.ask(**frame))["code"] == "invalid"
    assert await mara.quiet()


@pytest.mark.parametrize(
    "odd",
    [{}, {"session": "short"}, {"session": 'a"b|c' * 3}, {"session": MARA, "muted": "yes"},
     {"session": MARA, "admin": True}, {"session": None}],
)  # fmt: skip
async def test_what_is_no_joining_is_refused(mara, odd):
    assert (await mara.ask(type="voice:join", **odd))["code"] == "invalid"


async def test_a_flood_of_signals_is_slowed_down(call, settings):
    _, ana = call
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"signal": (1, 60, 30)}
    answers = [
        await ana.ask(type="voice:signal", to=MARA, epoch=0, candidate=CANDIDATE) for _ in range(31)
    ]
    assert {answer.get("code") for answer in answers} == {None, "rate_limited"}


# --- those who keep the house -----------------------------------------------------------------


async def test_a_moderator_takes_somebody_out_of_the_call(call, people):
    mara, ana = call
    assert (await mara.ask(type="voice:remove", user_id=str(people.member.id)))["type"] == "ack"
    left = await ana.frame("voice:peer:left")
    assert (left["session"], left["reason"]) == (ANA, "removed")
    again = await mara.ask(type="voice:remove", user_id=str(people.member.id))
    assert again["code"] == "voice_peer_gone"


async def test_nobody_takes_out_who_stands_above_them(call, people):
    _, ana = call
    refused = await ana.ask(type="voice:remove", user_id=str(people.owner.id))
    assert refused["code"] == "no_moderate"


async def test_a_moderator_does_not_take_out_the_host(call, people, room):
    _, ana = call

    def promote():
        owner, member = (Membership.objects.select_related("room", "user").get(
            room=room, user=user) for user in (people.owner, people.member))  # fmt: skip
        memberships.role_set(actor=owner, target=member, role="moderator")

    await in_db(promote)()
    mine = running_hub().rooms[room.code].of_user(str(people.member.id))[0]
    await until(lambda: mine.caller.role == "moderator")
    refused = await ana.ask(type="voice:remove", user_id=str(people.owner.id))
    assert refused["code"] == "forbidden"


async def test_everybody_is_asked_to_mute(call, people):
    mara, ana = call
    assert (await mara.ask(type="voice:hush"))["type"] == "ack"
    assert (await ana.frame("voice:hush"))["by"] == str(people.owner.id)
    assert (await ana.ask(type="voice:hush"))["code"] == "no_moderate"


async def test_a_closed_room_ends_its_call_with_its_sockets(call, people, room):
    mara, _ = call
    await in_db(services.room_close)(room=room, by=people.owner)
    assert await mara.closing_code() == 4404

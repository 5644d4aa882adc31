"""A place in a room on connections that break: what is kept, asked again, waited for, given up."""

import asyncio

import pytest

from client import Api, Ended, Lost, NoAnswer, Refused, Room
from client import room as room_module
from client.closing import backoff_s
from client.tests.wires import (
    PAUSED,
    Server,
    Waits,
    Wire,
    closed,
    http,
    message,
    refused,
    snapshot,
)
from syncwatch.tests.socket_client import until

RENEWED = {"/api/auth/refresh/": (200, {"access": "second", "refresh": "r2"})}


class Opened:
    """A room on told connections; `heard()` takes its events."""

    def __init__(self, server, routes=None):
        self.waits, self.server, self.http = Waits(), server, http(routes or {})
        self.api = Api("http://there", access="first", refresh="r1", transport=self.http)
        self.room = Room(
            self.api, "code", chance=lambda: 0.0, local_ms=lambda: 1000.0,
            sleep=self.waits, connect=server,
        )  # fmt: skip
        self.waits.room = self.room

    async def __aenter__(self):
        await self.room.__aenter__()
        return self

    async def __aexit__(self, *error):
        await self.room.close()

    async def heard(self, count):
        async with asyncio.timeout(5):
            return [await anext(self.room) for _ in range(count)]

    async def end(self):
        with pytest.raises((Ended, Refused)) as ended:
            await self.heard(100)
        return ended.value


def kinds(events):
    return [event["type"] for event in events]


def seqs(events):
    return [event["seq"] for event in events if "seq" in event]


async def test_the_first_event_is_the_snapshot_and_the_rest_follows_in_order():
    wire = Wire(snapshot(4), message(5), message(6), {"type": "chat:typing", "user_id": "ana"})
    async with Opened(Server(wire)) as here:
        heard = await here.heard(4)
    assert kinds(heard) == ["room:snapshot", "chat:message", "chat:message", "chat:typing"]
    assert here.room.about["name"] == "Sunday"
    assert here.room.position() == 10


async def test_what_is_missing_is_asked_for_once_and_nothing_is_told_out_of_turn_or_twice():
    wire = Wire(snapshot(4), message(6), message(7))
    async with Opened(Server(wire)) as here:
        asked = await wire.sent_one("room:resume")
        assert (asked["since"], asked["epoch"]) == (4, "one")
        wire.say(message(5), message(6), message(7), {"type": "ack", "ref": asked["ref"]})
        wire.say(message(8))
        assert seqs(await here.heard(5)) == [4, 5, 6, 7, 8]
    assert len([frame for frame in wire.sent if frame["type"] == "room:resume"]) == 1


async def test_after_a_cut_it_comes_back_as_the_same_tab_and_catches_up():
    second = Wire(snapshot(7))
    server = Server(Wire(snapshot(4), message(5), closed(1006)), second)
    async with Opened(server) as here:
        asked = await second.sent_one("room:resume")
        assert asked["since"] == 5
        second.say(message(6), message(7), {"type": "ack", "ref": asked["ref"]}, message(8))
        heard = await here.heard(7)
    assert kinds(heard)[2] == "client:lost"
    assert seqs(heard) == [4, 5, 6, 7, 8]
    assert {"type": "client:back", "missed": 2} in heard
    (first, _), (again, _) = server.connects
    assert first == again
    assert "?v=1&tab=" in first


async def test_where_what_was_missed_is_not_there_any_more_it_begins_anew():
    second = Wire(snapshot(900))
    async with Opened(Server(Wire(snapshot(4), closed(1012)), second)) as here:
        asked = await second.sent_one("room:resume")
        second.say(message(902), snapshot(901), {"type": "ack", "ref": asked["ref"]})
        heard = await here.heard(5)
    assert kinds(heard).count("room:snapshot") == 2
    assert seqs(heard) == [4, 901, 902]


async def test_another_epoch_forgets_the_old_numbers():
    rewound = {**PAUSED, "position": 3.0, "seq": 0}
    second = Wire(snapshot(2, epoch="two", timeline=rewound), message(3), closed(1006))
    third = Wire(snapshot(600, epoch="three"), message(601))
    async with Opened(Server(Wire(snapshot(400), closed(1006)), second, third)) as here:
        assert seqs(await here.heard(4)) == [400, 2, 3]
        assert here.room.position() == 3
        assert seqs(await here.heard(3)) == [600, 601]
    assert "room:resume" not in kinds(second.sent + third.sent)


@pytest.mark.parametrize("code", [4400, 4403, 4404, 4409, 4423])
async def test_these_codes_are_final_and_their_words_are_told(code):
    server = Server(Wire(snapshot(1), closed(code, "Words for people.")))
    async with Opened(server) as here:
        ended = await here.end()
        assert (ended.closing, str(ended)) == (code, "Words for people.")
        with pytest.raises(Ended):
            await here.room.request("chat:typing")
    assert len(server.connects) == 1


async def test_a_room_that_lets_nobody_in_is_told_at_the_door():
    with pytest.raises(Ended) as ended:
        await Opened(Server(Wire(closed(4404, "No such room.")))).__aenter__()
    assert ended.value.closing == 4404


@pytest.mark.parametrize(
    ("ending", "wait_s"),
    [
        (closed(1006), 0.25), (closed(1000), 0.25), (closed(1012), 0.25), (closed(4408), 0.25),
        (closed(1013), 5.0), (closed(4429), 10.0), (refused(429), 10.0), (refused(503), 0.25),
        (ConnectionRefusedError(), 0.25),
    ],
)  # fmt: skip
async def test_these_come_back_after_a_while(ending, wait_s):
    broken = Wire(ending) if "closed" in type(ending).__name__.lower() else ending
    async with Opened(Server(Wire(snapshot(1), closed(1006)), broken, Wire(snapshot(1)))) as here:
        await here.heard(3)
        await until(lambda: len(here.server.connects) == 3)
    assert here.waits.before_tries == [0.25, max(0.5, wait_s)]


async def test_a_wrong_address_is_not_tried_again():
    with pytest.raises(Ended, match="HTTP 404"):
        await Opened(Server(refused(404))).__aenter__()


def test_waits_double_up_to_half_a_minute_with_chance_in_them():
    assert [backoff_s(attempt, 1.0) for attempt in (0, 1, 2, 20)] == [0.5, 1.0, 2.0, 30.0]
    assert backoff_s(20, 0.0) == 15.0
    assert backoff_s(0, 0.5, floor_s=10) == 10


async def test_a_sign_in_that_nears_its_end_is_renewed_on_the_open_socket():
    wire = Wire(snapshot(1), {"type": "auth:expiring", "expires_at": 9})
    async with Opened(Server(wire), RENEWED) as here:
        renewed = await wire.sent_one("auth:renew")
        assert renewed["access"] == "second"
    assert here.http.asked == [("/api/auth/refresh/", {"refresh": "r1"})]


async def test_a_sign_in_that_has_ended_is_renewed_before_the_next_try():
    server = Server(Wire(snapshot(1), closed(4401)), Wire(snapshot(1), message(2)))
    async with Opened(server, RENEWED) as here:
        await here.heard(3)
    assert [token for _, token in server.connects] == ["Bearer first", "Bearer second"]


async def test_a_sign_in_that_is_over_ends_it():
    over = {"error": {"code": "not_signed_in", "message": "Sign in again."}}
    server = Server(Wire(snapshot(1), closed(4401)))
    async with Opened(server, {"/api/auth/refresh/": (401, over)}) as here:
        assert str(await here.end()) == "Sign in again."


async def test_a_refresh_token_is_used_once_by_all_who_ask_at_once():
    transport = http(RENEWED)
    api = Api("http://there", access="first", refresh="r1", transport=transport)
    assert await asyncio.gather(api.renew("first"), api.renew("first")) == ["second", "second"]
    assert len(transport.asked) == 1


async def test_an_answer_finds_whoever_asked():
    wire = Wire(snapshot(1))
    async with Opened(Server(wire)) as here:
        seek = asyncio.create_task(here.room.request("sync:seek", position=5))
        say = asyncio.create_task(here.room.request("chat:send", body="x", nonce="n"))
        refs = [(await wire.sent_one(kind))["ref"] for kind in ("sync:seek", "chat:send")]
        no = {"type": "error", "code": "rate_limited", "message": "Slowly.", "retry_after": 3}
        wire.say({**no, "ref": refs[1]}, {"type": "ack", "ref": refs[0], "seq": 7})
        assert (await seek)["seq"] == 7
        with pytest.raises(Refused, match="Slowly") as said:
            await say
        assert (said.value.code, said.value.retry_after_s) == ("rate_limited", 3)


async def test_a_refusal_of_what_nobody_waits_for_is_an_event():
    no = {"type": "error", "code": "rate_limited", "message": "Slowly."}
    async with Opened(Server(Wire(snapshot(1), no))) as here:
        assert (await here.heard(2))[1] == no


async def test_an_answer_that_cannot_come_is_not_waited_for():
    wire = Wire(snapshot(1))
    async with Opened(Server(wire, Wire(snapshot(1)))) as here:
        with pytest.raises(NoAnswer, match="sync:play"):
            await here.room.request("sync:play", within_s=0.01)
        asked = asyncio.create_task(here.room.request("sync:pause"))
        await wire.sent_one("sync:pause")
        wire.say(closed(1006))
        with pytest.raises(Lost):
            await asked


async def test_what_is_said_while_the_line_breaks_is_said_again_under_the_same_name():
    first, second = Wire(snapshot(1)), Wire(snapshot(1))
    async with Opened(Server(first, second)) as here:
        saying = asyncio.create_task(here.room.say("hello"))
        sent = await first.sent_one("chat:send")
        first.say(closed(1006))
        again = await second.sent_one("chat:send")
        second.say({"type": "ack", "ref": again["ref"], "message": {"id": "m1"}})
        assert (await saying)["id"] == "m1"
    assert again["nonce"] == sent["nonce"]


async def test_whoever_takes_no_events_is_told_so_instead_of_losing_some(monkeypatch):
    monkeypatch.setattr(room_module, "EVENTS_MAX", 3)
    async with Opened(Server(Wire(snapshot(1), *map(message, range(2, 9))))) as here:
        await until_over(here.room)
        assert seqs(await here.heard(3)) == [1, 2, 3]
        assert "were not taken" in str(await here.end())


async def until_over(room):
    async with asyncio.timeout(5):
        await asyncio.wait([room._task])


async def test_a_fault_of_the_client_itself_is_not_swallowed():
    async with Opened(Server(Wire(snapshot(1), {"type": "sync:pong"}))) as here:
        with pytest.raises(KeyError):
            await here.heard(2)


async def test_closing_it_here_ends_the_loop_without_a_word():
    async with Opened(Server(Wire(snapshot(1)))) as here:
        await here.room.close()
        assert [event["type"] async for event in here.room] == ["room:snapshot"]
        with pytest.raises(Lost):
            await here.room.request("chat:typing")

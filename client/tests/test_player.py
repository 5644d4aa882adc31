"""A player without a picture: what it says of itself, when, and where its film is."""

import math

import pytest

from client.player import Moment, Player
from client.tests.test_timeline import timeline

READY = {"reason": "ready", "by": [], "since": 0, "resume": True}


def at(server_ms, local_ms=None):
    return Moment(server_ms, server_ms if local_ms is None else local_ms, rtt_ms=20.0)


def said(player, line, now, duration_s=None):
    status = player.look(line, now, duration_s)
    return status and (status["state"], status["seq"], status["position"])


def test_without_a_film_there_is_nothing_to_say():
    player = Player()
    assert player.look(None, at(0)) is None
    assert player.look(timeline(item_id=None), at(0)) is None


def test_it_gets_ready_starts_at_the_appointment_and_runs():
    player = Player()
    held = timeline(seq=6, paused=True, position=600, hold=READY)
    assert said(player, held, at(0)) == ("ready", 6, 600)
    go = timeline(seq=7, position=600, at=450)
    assert said(player, go, at(100)) == ("ready", 7, 600)
    assert player.wait_s(go, at(100)) == pytest.approx(0.35)
    assert said(player, go, at(449)) is None
    assert said(player, go, at(450)) == ("playing", 7, 600)
    assert said(player, go, at(3000)) is None
    assert said(player, go, at(5450)) == ("playing", 7, 605)


def test_a_pause_a_seek_and_another_speed_are_followed():
    player = Player()
    said(player, timeline(at=0), at(2000))
    assert player.position_s == 12
    assert said(player, timeline(seq=6, paused=True, position=12.4), at(2400)) == (
        "paused", 6, 12.4,
    )  # fmt: skip
    assert said(player, timeline(seq=7, position=100, at=2000), at(3000)) == ("playing", 7, 101)
    fast = timeline(seq=8, position=101, at=3000, rate=2)
    player.look(fast, at(3000))
    player.look(fast, at(4000))
    assert (player.position_s, player.jumps) == (103, 0)


@pytest.mark.parametrize(
    ("bound_ms", "told"), [(2.25049, 2.25), (90_000.0, 60_000.0), (math.inf, None)]
)
def test_it_says_how_wrong_its_clock_can_be_and_shows_no_picture(bound_ms, told):
    status = Player().look(timeline(at=0), Moment(0, 0, rtt_ms=20.0, bound_ms=bound_ms))
    assert (status["clock_bound_ms"], status["quality"]) == (told, None)


def test_it_stops_at_the_end():
    player = Player()
    assert said(player, timeline(at=0), at(0), 60) == ("playing", 5, 10)
    player.look(timeline(at=0), at(70_000), 60)
    assert (player.position_s, player.drift_ms) == (60, 0)


def test_its_film_runs_by_its_own_clock_and_jumps_where_the_estimate_became_better():
    player = Player()
    line = timeline(at=0)
    player.look(line, at(1000, local_ms=1000))
    player.look(line, at(2004, local_ms=2000))
    assert player.drift_ms == pytest.approx(-4)
    assert player.jumps == 0
    player.look(line, at(3020, local_ms=3000))
    assert (player.jumps, player.drift_ms) == (1, 0)
    assert player.position_s == pytest.approx(13.02)


def test_a_detached_one_says_so_and_follows_all_the_same():
    player = Player(detached=True)
    assert said(player, timeline(at=0, hold=READY, paused=True), at(0))[0] == "detached"
    assert said(player, timeline(seq=6, at=0), at(5000)) == ("detached", 6, 15)


def test_on_another_connection_everything_is_said_anew():
    player = Player()
    line = timeline(paused=True)
    assert player.look(line, at(0))
    assert player.look(line, at(10)) is None
    player.renew()
    assert player.look(line, at(20))


def test_every_five_seconds_something_is_said():
    player = Player()
    line = timeline(paused=True)
    assert player.look(line, at(0))
    assert player.wait_s(line, at(4000)) == pytest.approx(1)
    assert player.look(line, at(4999)) is None
    assert player.look(line, at(5000))

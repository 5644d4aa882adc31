"""Where the film is: the rule, and that server, browser and client read it alike."""

import json
import subprocess

from hypothesis import given
from hypothesis import strategies as some

from client.state import RoomState
from client.timeline import Timeline, position_at
from playback import rules
from syncwatch.tests.operators import ROOT
from syncwatch.tests.programs import needed

FIXTURE = ROOT / "static/js/room/fixtures/deeds.json"


def timeline(**change):
    wire = {"seq": 5, "item_id": "film", "source": "video", "paused": False, "position": 10.0,
            "rate": 1.0, "at": 1000, "hold": None}  # fmt: skip
    return Timeline.of(wire | change)


def test_a_film_stands_before_its_appointment_and_runs_after_it():
    assert position_at(timeline(), 0) == 10
    assert position_at(timeline(), 1000) == 10
    assert position_at(timeline(), 3500) == 12.5
    assert position_at(timeline(rate=2), 3500) == 15
    assert position_at(timeline(paused=True), 99_000) == 10
    assert position_at(timeline(), 60_000, 30) == 30
    assert [timeline().runs_at(ms) for ms in (999, 1000)] == [False, True]


@given(
    paused=some.booleans(),
    position=some.floats(0, 864_000),
    rate=some.floats(0.25, 3),
    at=some.integers(0, 10**13),
    later_ms=some.integers(-(10**6), 10**8),
    duration=some.none() | some.floats(864_000, 900_000),
)
def test_the_server_reads_it_alike(paused, position, rate, at, later_ms, duration):
    theirs = rules.Timeline("film", paused, position, rate, at, duration)
    ours = timeline(paused=paused, position=position, rate=rate, at=at)
    now_ms = at + later_ms
    assert position_at(ours, now_ms, duration) == rules.position_at(theirs, now_ms)


def test_the_browser_reads_it_alike():
    cases = [
        [{"paused": paused, "position": position, "rate": rate, "at": 5000.5}, now, duration]
        for paused in (True, False)
        for position in (0, 12.25, 700)
        for rate in (0.25, 1, 2.5)
        for now in (0, 5000.5, 5001, 99_999.75)
        for duration in (None, 0, 60, 5400)
    ]
    said = subprocess.run(
        [needed("node", "nodejs"), "--input-type=module", "-e", BROWSER, json.dumps(cases)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    ours = [position_at(timeline(**wire), now, duration) for wire, now, duration in cases]
    assert ours == json.loads(said.stdout)


BROWSER = """
import { positionAt } from "./static/js/sync/timeline.js";
const cases = JSON.parse(process.argv[1]);
console.log(JSON.stringify(cases.map((each) => positionAt(...each))));
"""


def test_events_lead_where_the_next_snapshot_is():
    """On the deeds that the browser's own reducer is held to; each event is taken twice."""
    kept = json.loads(FIXTURE.read_text())
    state, snapshot = RoomState(), kept["first"]
    state.take_snapshot(snapshot)
    for deed in kept["deeds"]:
        for event in deed["events"]:
            state.take(event)
            state.take(event)
        snapshot = snapshot | deed["change"]
        told = RoomState()
        told.take_snapshot(snapshot)
        for name in ("timeline", "queue", "about", "present"):
            assert getattr(state, name) == getattr(told, name), (deed["deed"], name)
        able = [name for name in kept["first"]["me"]["capabilities"] if state.may(name, 0)]
        assert set(able) <= set(snapshot["me"]["capabilities"]), deed["deed"]
        assert state.may("control", 0) == ("control" in snapshot["me"]["capabilities"])

"""Commands on the live timeline, on a real Redis, with time standing still."""

import pytest

from playback.store import Film, TimelineMissingError, TimelineMovedError
from playback.tests.live import CODE, FILM, LiveRoom
from rooms import gateway
from syncwatch.lib import clock, redis


def test_a_play_with_nobody_to_wait_for_is_an_appointment(live):
    seq = live.do("play", 10)
    assert live.events[-1] == {
        "type": "sync:command", "seq": seq, "action": "play", "by": "ana",
        "timeline": {
            "item_id": "item-1", "source": "video", "paused": False, "position": 10, "rate": 1,
            "at": clock.server_ms() + 150, "hold": None, "seq": seq,
        },
    }  # fmt: skip


def test_a_pause_stops_everybody_at_the_same_place(live, frozen_clock):
    live.do("play")
    frozen_clock.advance(10_150)
    live.do("pause")
    assert live.wire["paused"] is True
    assert live.wire["position"] == 10.15  # where the film is when the pause is kept
    assert live.wire["at"] == clock.server_ms() + 150


def test_a_second_play_disturbs_nobody(live, frozen_clock):
    live.do("play")
    frozen_clock.advance(5_150)
    before = live.position
    live.do("play")
    assert live.position == before
    assert live.wire["at"] == clock.server_ms()
    frozen_clock.advance(1_000)
    assert live.position == before + 1


def test_a_second_play_before_the_appointment_keeps_it(live, frozen_clock):
    live.do("play")
    at = live.wire["at"]
    frozen_clock.advance(50)
    live.do("play")
    assert (live.wire["at"], live.wire["position"]) == (at, 0)


def test_a_seek_past_the_end_means_the_end(live):
    live.do("seek", 9_999)
    assert live.wire["position"] == 600


def test_without_a_known_duration_nothing_is_clamped(live):
    live.load(Film("item-2", "youtube"))
    live.do("seek", 864_000)
    assert live.wire["position"] == 864_000


def test_a_seek_while_playing_goes_on(live, frozen_clock):
    live.do("play")
    frozen_clock.advance(1_000)
    live.do("seek", 300)
    assert (live.wire["paused"], live.wire["position"]) == (False, 300)


def test_a_seek_while_paused_stays_paused(live):
    live.do("seek", 300)
    assert (live.wire["paused"], live.wire["position"]) == (True, 300)


def test_a_rate_changes_the_speed_and_not_the_place(live, frozen_clock):
    live.do("play")
    frozen_clock.advance(10_150)
    live.do("rate", 2)
    assert live.position == 10
    frozen_clock.advance(1_000)
    assert live.position == 12


def test_a_rate_before_the_appointment_keeps_it(live, frozen_clock):
    live.do("play")
    at = live.wire["at"]
    live.do("rate", 2)
    assert (live.wire["at"], live.wire["position"]) == (at, 0)


def test_loading_while_paused_waits_at_the_beginning(live):
    live.do("seek", 30)
    live.load(Film("item-2", "video", "video-2", duration_s=60))
    assert (live.wire["item_id"], live.wire["position"], live.wire["paused"]) == ("item-2", 0, True)


def test_loading_while_playing_plays_on(live, frozen_clock):
    live.do("play")
    frozen_clock.advance(1_000)
    live.load(Film("item-2", "video", "video-2", duration_s=60))
    assert live.wire["paused"] is False


def test_a_play_at_the_end_begins_again(live):
    live.do("seek", 600)
    live.do("play")
    assert (live.wire["position"], live.wire["paused"]) == (0, False)


def test_rooms_without_a_film_can_be_played_and_paused(frozen_clock):
    live = LiveRoom().start(Film(None, None))
    live.do("play", 12.5)
    assert (live.wire["item_id"], live.wire["source"], live.wire["position"]) == (None, None, 12.5)


def test_a_command_for_a_timeline_that_moved_on_does_nothing(live):
    seq = live.do("play")
    live.do("pause")
    with pytest.raises(TimelineMovedError):
        live.do("release", expected=seq)
    assert live.commands == ["play", "pause"]


def test_a_release_without_a_hold_does_nothing(live):
    with pytest.raises(TimelineMovedError):
        live.do("release")


def test_a_timeline_that_redis_lost_is_missed(live):
    redis.sync().flushall()
    with pytest.raises(TimelineMissingError):
        live.do("play")


def test_a_timeline_of_an_older_epoch_counts_as_lost(live):
    live.do("play")
    redis.sync().delete(gateway.key(CODE, "epoch"))
    with pytest.raises(TimelineMissingError):
        live.do("pause")


def test_restoring_twice_keeps_the_first(live):
    live.do("play", 10)
    live.start(paused=True)
    assert live.wire["paused"] is False


def test_seqs_count_up_without_a_gap(live):
    seqs = [live.do(action) for action in ("play", "pause", "play")]
    assert seqs == [1, 2, 3]
    assert [event["seq"] for event in live.events] == seqs


def test_the_end_of_the_film_is_due_and_moves_with_it(live, frozen_clock):
    seq = live.do("play")
    assert live.deadlines["sync.end"] == (str(seq), 600_150)
    frozen_clock.advance(10_150)
    faster = live.do("rate", 2)
    assert live.deadlines["sync.end"] == (str(faster), 295_000)
    live.do("pause")
    assert "sync.end" not in live.deadlines


def test_a_change_is_written_down_within_half_a_second(live, frozen_clock):
    live.do("play")
    frozen_clock.advance(300)
    live.do("pause")
    assert 0 < live.deadlines["sync.flush"][1] <= 500
    frozen_clock.advance(5_000)
    live.do("play")
    assert live.deadlines["sync.flush"][1] == 500


def test_a_film_still_being_made_is_held_two_seconds_before_its_edge(frozen_clock):
    live = LiveRoom().start(Film("item-1", "video", "video-1", 600, available_s=30))
    seq = live.do("play")
    assert live.deadlines["sync.edge"] == (str(seq), 28_150)


def test_nobody_seeks_past_what_there_is(frozen_clock):
    live = LiveRoom().start(Film("item-1", "video", "video-1", 600, available_s=30))
    live.do("play")
    live.do("seek", 100)
    assert live.wire["position"] == 30
    assert live.wire["hold"]["reason"] == "processing"
    assert (live.wire["paused"], live.wire["hold"]["resume"]) == (True, True)
    assert FILM.duration_s == 600

"""The pure rules: positions, restoring, ranks, waiting."""

import itertools
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from playback import rules
from playback.rules import Timeline, Viewer, WaitPolicy

NOW = 1_800_000_000_000
WAITING = WaitPolicy(on=True, grace_ms=500, quorum=1.0, cap_ms=15_000)
NOBODY = frozenset()

timelines = st.builds(
    Timeline,
    item_id=st.none(),
    paused=st.booleans(),
    position_s=st.floats(0, 10_000),
    rate=st.floats(0.25, 3),
    at_ms=st.integers(NOW - 10_000_000, NOW + 10_000),
    duration_s=st.none() | st.floats(10_000, 20_000),
)
viewers = st.lists(
    st.builds(
        Viewer,
        user_id=st.sampled_from("abcdef"),
        state=st.sampled_from(["playing", "paused", "buffering", "ready"]),
        since_ms=st.integers(NOW - 20_000, NOW),
        heard_ms=st.integers(NOW - 30_000, NOW),
    ),
    max_size=8,
)
policies = st.builds(
    WaitPolicy,
    on=st.booleans(),
    grace_ms=st.integers(250, 10_000),
    quorum=st.floats(0.01, 1),
    cap_ms=st.integers(1_000, 60_000),
)


def test_a_playing_film_moves_by_its_rate():
    timeline = Timeline(None, paused=False, position_s=10, rate=1.5, at_ms=NOW)
    assert rules.position_at(timeline, NOW + 4_000) == 16


def test_before_its_appointment_a_film_stands():
    timeline = Timeline(None, paused=False, position_s=10, rate=1, at_ms=NOW)
    assert rules.position_at(timeline, NOW - 4_000) == 10


@given(timelines, st.integers(0, 10**9))
def test_a_position_never_runs_backwards_nor_past_the_end(timeline, later_ms):
    first = rules.position_at(timeline, NOW)
    second = rules.position_at(timeline, NOW + later_ms)
    assert timeline.position_s <= first <= second
    assert timeline.duration_s is None or second <= timeline.duration_s


@given(timelines)
def test_a_paused_film_comes_back_paused_where_it_was(timeline):
    saved = replace(timeline, paused=True)
    assert rules.restored(saved, held=False, alive_ms=0, now_ms=NOW) == saved


@given(timelines, st.integers(0, rules.ALIVE_ENOUGH_MS))
def test_after_a_short_break_a_film_is_where_it_would_be(timeline, break_ms):
    back = rules.restored(timeline, held=False, alive_ms=NOW - break_ms, now_ms=NOW)
    assert rules.position_at(back, NOW) == rules.position_at(timeline, NOW)


def test_after_a_long_break_a_film_waits_where_people_left_it():
    timeline = Timeline(None, paused=False, position_s=10, rate=1, at_ms=NOW - 3_600_000)
    back = rules.restored(timeline, held=False, alive_ms=NOW - 3_590_000, now_ms=NOW)
    assert (back.paused, back.position_s) == (True, 20)


@given(st.integers(), st.integers())
def test_a_rank_between_two_is_between_them(one, other):
    before, after = sorted((one, other))
    rank = rules.rank_between(before, after)
    assert rank is None or before < rank < after


def test_a_rank_exists_at_both_ends_and_in_an_empty_list():
    assert rules.rank_between(None, None) == 0
    assert rules.rank_between(None, 5) < 5 < rules.rank_between(5, None)


def test_neighbours_without_a_gap_have_no_rank_between_them():
    assert rules.rank_between(1, 2) is None


@given(st.integers(2, 300))
def test_fresh_ranks_leave_room_everywhere(count):
    fresh = rules.ranks(count)
    assert all(rules.rank_between(a, b) for a, b in itertools.pairwise(fresh))


def test_a_policy_reads_a_rooms_setting():
    policy = WaitPolicy.of({"mode": "on", "grace_ms": 700, "quorum": 0.5, "cap_s": 3})
    assert policy == WaitPolicy(on=True, grace_ms=700, quorum=0.5, cap_ms=3_000)
    assert not WaitPolicy.of(None).on


def viewer(user_id, state="playing", since_ms=NOW - 1_000):
    return Viewer(user_id, state, since_ms, heard_ms=NOW)


def test_a_stall_longer_than_the_grace_holds_the_room_by_name():
    stalled = viewer("ana", "buffering", NOW - 501)
    wait = rules.should_hold(WAITING, [viewer("bo"), stalled], NOBODY, NOW)
    assert wait.hold_for == ("ana",)


def test_a_stall_within_the_grace_is_looked_at_when_it_runs_out():
    stalled = viewer("ana", "buffering", NOW - 100)
    wait = rules.should_hold(WAITING, [viewer("bo"), stalled], NOBODY, NOW)
    assert wait == rules.Wait(again_ms=NOW + 400)


def test_a_quorum_of_half_goes_on_without_one_of_three():
    people = [viewer("ana", "buffering"), viewer("bo"), viewer("cy")]
    policy = replace(WAITING, quorum=0.5)
    assert not rules.should_hold(policy, people, NOBODY, NOW).hold_for
    assert rules.may_go_on(policy, people, NOBODY, NOW)


def test_an_exempt_person_is_not_waited_for():
    people = [viewer("ana", "buffering"), viewer("bo")]
    assert not rules.should_hold(WAITING, people, frozenset({"ana"}), NOW).hold_for


@given(viewers)
def test_with_waiting_off_nobody_is_held(people):
    assert rules.should_hold(WaitPolicy(), people, NOBODY, NOW) == rules.Wait()


@given(policies, viewers, st.frozensets(st.sampled_from("abcdef")))
def test_a_room_is_held_only_while_it_may_not_go_on(policy, people, exempt):
    wait = rules.should_hold(policy, people, exempt, NOW)
    if wait.hold_for:
        assert not rules.may_go_on(policy, people, exempt, NOW)
        assert not set(wait.hold_for) & exempt


@given(policies, viewers)
def test_when_everybody_can_play_the_room_goes_on(policy, people):
    able = [replace(each, state="playing") for each in people]
    assert rules.may_go_on(policy, able, NOBODY, NOW)


@given(policies, viewers)
def test_when_all_who_stall_are_exempt_nothing_holds_the_room(policy, people):
    stalling = frozenset(v.user_id for v in people if v.state == "buffering")
    assert rules.may_go_on(policy, people, stalling, NOW)


def test_the_third_stall_within_five_minutes_is_one_too_many():
    stalls = [("ana", NOW - 1_000), ("ana", NOW - 60_000), ("bo", NOW)]
    assert rules.repeat_stallers(stalls, NOW) == NOBODY
    assert rules.repeat_stallers([*stalls, ("ana", NOW - 200_000)], NOW) == {"ana"}
    assert rules.repeat_stallers([*stalls, ("ana", NOW - 301_000)], NOW) == NOBODY


LIST = [rules.Listed("a"), rules.Listed("b"), rules.Listed("c")]


def voted(**votes):
    return [replace(item, votes=votes.get(item.id, 0)) for item in LIST]


def test_the_next_one_of_the_list_follows_and_nothing_after_the_last():
    assert rules.following(LIST, "a", loop=False) == "b"
    assert rules.following(LIST, "c", loop=False) is None
    assert rules.following(LIST, None, loop=True) is None


def test_a_list_that_begins_again_has_the_first_after_the_last():
    assert rules.following(LIST, "c", loop=True) == "a"
    assert rules.following(LIST[:1], "a", loop=True) == "a"


def test_what_most_people_wish_for_follows_and_of_those_what_comes_soonest():
    assert rules.following(voted(c=1), "a", loop=False) == "c"
    assert rules.following(voted(a=2, b=1), "c", loop=False) == "a"
    assert rules.following(voted(a=2, b=2), "c", loop=False) == "a"
    assert rules.following(voted(a=2, c=2), "b", loop=False) == "c"
    assert rules.following(voted(a=9), "a", loop=False) == "b", "what is on is nobody's wish"


def test_what_cannot_be_played_is_passed_over_whatever_its_votes():
    listed = [LIST[0], replace(LIST[1], playable=False, votes=5), LIST[2]]
    assert rules.following(listed, "a", loop=False) == "c"
    gone = [replace(LIST[0], playable=False), LIST[1]]
    assert rules.following(gone, "a", loop=False) == "b"
    assert rules.following(gone[:1], "a", loop=True) is None


@given(st.lists(st.integers(), unique=True, max_size=30), st.randoms())
def test_a_shuffled_list_holds_the_same_in_another_order(items, chance):
    mixed = rules.shuffled(items, chance.randrange)
    assert sorted(mixed) == sorted(items)
    assert mixed != items or len(items) < 2

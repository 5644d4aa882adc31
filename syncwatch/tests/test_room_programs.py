"""Whatever people do and whatever breaks: everybody knows the same room in the end.

Programs of deeds are made up by hypothesis and run against the whole product on one node; see
room_party for what a deed does and room_client for what each client insists on. With
WRITE_FIXTURES=1 some of what clients heard is kept for the browser's own reducer.
"""

import asyncio
import json
import os

import pytest
from django.conf import settings as django_settings
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rooms import services
from rooms.models import Membership
from syncwatch.lib import clock, redis
from syncwatch.tests.room_deeds import Deed
from syncwatch.tests.room_party import TABS, Party
from syncwatch.tests.room_state import plain
from syncwatch.tests.socket_client import Sockets

pytestmark = pytest.mark.django_db(transaction=True)

FIXTURE = django_settings.BASE_DIR / "static/js/room/fixtures/programs.json"
PROGRAMS_KEPT, EVENTS_KEPT = 4, 60
who = st.sampled_from(TABS)
nothing = st.none()
small = st.integers(0, 5)


def deed(does, what=nothing, by=who):
    return st.builds(Deed, by, st.just(does), what)


def happens(does, what=nothing):
    return deed(does, what, st.just("—"))


at_the_remote = st.one_of(
    deed("play"), deed("pause"), deed("seek", st.sampled_from([0.0, 60.5, 3000.0])),
    deed("rate", st.sampled_from([0.5, 1.0, 2.0])), deed("loads", small),
    deed("reports", st.sampled_from(["playing", "paused", "buffering", "ready", "detached"])),
)  # fmt: skip
in_words = st.one_of(
    deed("says", small), deed("says", small), deed("edits", st.tuples(small, small)),
    deed("takes back", st.tuples(small, small)), deed("reacts", st.tuples(small, small)),
)  # fmt: skip
elsewhere = st.one_of(
    deed("is away", st.booleans()), deed("joins", st.sampled_from(["a", "b"])), deed("hangs up"),
    deed("repeats"),
    deed("resumes", st.sampled_from([0, 0, -1, -3, -50, 2, "epoch"])),
    happens("adds"), happens("removes", small),
)  # fmt: skip
breaks = st.one_of(
    happens("loses", st.booleans()), happens("forgets"), happens("sleeps", st.just(30_000))
)
passes = happens("waits", st.sampled_from([100, 700, 3_000, 9_000, 26_000]))
coming = deed("comes", st.sampled_from(["keeps", "keeps", "over", "fresh"]))
rounds = st.one_of(
    st.lists(st.one_of(at_the_remote, in_words, elsewhere), min_size=1, max_size=5),
    st.lists(st.one_of(at_the_remote, in_words, elsewhere), min_size=1, max_size=5),
    st.lists(at_the_remote, min_size=1, max_size=4),
    st.lists(st.one_of(deed("is_cut"), deed("goes"), coming, coming), min_size=1, max_size=3),
    st.lists(passes, min_size=1, max_size=1),
    st.lists(breaks, min_size=1, max_size=1),
)
programs = st.lists(rounds, min_size=4, max_size=25)


@pytest.fixture
def play(people, monkeypatch, settings):
    """`play(waits, program)`: a fresh room, the program, and everything that must hold then."""
    settings.RATE_LIMIT_FACTOR = 10_000
    settings.RECENT_EVENTS_KEPT = 25
    users = [people.owner, people.member, people.guest, people.stranger]
    number = iter(range(1_000_000))

    heard = []

    async def run(room, time, waits, program):
        sockets = Sockets()
        party = Party(sockets=sockets, users=users, room=room, time=time, waits=waits)
        with monkeypatch.context() as patch:
            party.prepare(patch)
            try:
                await party.begin()
                await party.run(program)
                await party.quiesce()
                heard.extend(await party.check())
            finally:
                party.end()
                await sockets.close()
                await redis.close_shared()

    def play(waits, program):
        redis.sync().flushall()
        with clock.frozen() as time:
            room = services.room_create(owner=people.owner, name=f"Room {next(number)}")
            for user, role in zip(users[1:], ("member", "guest", "member"), strict=True):
                Membership.objects.create(room=room, user=user, role=role)
            asyncio.run(run(room, time, waits, program))

    yield play
    if os.environ.get("WRITE_FIXTURES"):
        keep(heard)


def keep(heard):
    """A few that are short: each the one that adds the most kinds of events."""
    short = [one for one in heard if len(one["events"]) <= EVENTS_KEPT]
    kept, known = [], set()
    for _ in range(PROGRAMS_KEPT):
        best = max(short, key=lambda one: (len(kinds(one) - known), len(one["events"])))
        known |= kinds(best)
        kept.append(plain(best, best["first"]))
    FIXTURE.write_text(json.dumps(kept, ensure_ascii=False) + "\n")


def kinds(one):
    return {event["type"] for event in one["events"]}


# Redis forgets a room that was busy: what was changed last had not been written down yet.
BUSY = [
    [Deed("mara1", "pause", None)], [Deed("—", "waits", 700)], [Deed("mara1", "play", None)],
    [Deed("—", "waits", 700)], [Deed("—", "forgets", None)],
]  # fmt: skip
patient = {"suppress_health_check": [*HealthCheck], "deadline": None}


@settings(max_examples=25, **patient)
@example(waits=False, program=BUSY)
@given(waits=st.booleans(), program=programs)
def test_in_the_end_everybody_knows_the_same_room(play, waits, program):
    play(waits, program)


@pytest.mark.long
@settings(max_examples=300, **patient)
@given(waits=st.booleans(), program=programs)
def test_in_the_end_everybody_knows_the_same_room_however_long_it_is_tried(play, waits, program):
    play(waits, program)

"""Whose turn it is while a film's other qualities are being made."""

from types import SimpleNamespace

import pytest

from videos import jobs
from videos.models import Rendition, State, TrackState, Video
from videos.pipeline import stages, turns
from videos.pipeline.work import work_on
from videos.tests.clips import film
from videos.tests.films import arrived, assert_delivered, media, names_below


def row(video):
    return Video.objects.get(pk=video.pk)


def made_of(video, name):
    return video.renditions.get(name=name)


@pytest.fixture
def impatient(monkeypatch):
    """Looks at who waits each time it could."""
    monkeypatch.setattr(turns, "LOOK_EVERY_MS", 0)


@pytest.fixture
def comes_in_between(people, monkeypatch):
    """`comes_in_between(clip)`: a film that is uploaded once the rest of another is begun."""
    came = []

    def prepare(clip):
        real = stages.Making._watch_rest

        def watch(making, work, made):
            if not came and any(one.publisher.segments for one in made):
                came.append(arrived(people.owner, film(clip)))
            real(making, work, made)

        monkeypatch.setattr(stages.Making, "_watch_rest", watch)
        return came

    return prepare


@pytest.mark.ffmpeg
def test_a_film_is_laid_down_amid_its_rest_while_another_cannot_be_watched(
    people, slow_reading, impatient, comes_in_between
):
    came = comes_in_between("tiny.mp4")
    long = arrived(people.owner, film("television.mkv"))
    assert work_on(long.pk) is False
    assert came
    assert (row(long).playable, row(long).state, row(long).worker, row(long).tries) == (
        True, State.PROCESSING, "", 0,
    )  # fmt: skip
    begun = made_of(long, "480p")
    assert begun.state == TrackState.PROCESSING
    kept = media(long, "480p").names
    assert 1 <= len(kept) < 5

    assert work_on(came[0].pk)
    assert row(came[0]).state == State.READY
    assert work_on(long.pk)
    assert_delivered(row(long), seconds=20)
    assert media(long, "480p").names[: len(kept)] == kept, "what was made is not made again"
    assert all(name.startswith("1-") for name in kept)
    assert not any(name.startswith("480p/2-") for name in names_below(long) if name[-9:] in kept)


@pytest.mark.long
@pytest.mark.ffmpeg
def test_a_film_that_was_laid_down_goes_on_before_the_rest_of_the_one_it_waited_for(
    people, slow_reading, impatient, comes_in_between
):
    came = comes_in_between("two-rungs.mkv")
    long = arrived(people.owner, film("television.mkv"))
    assert work_on(long.pk) is False
    (new,) = came
    assert work_on(new.pk) is False
    assert (row(new).playable, row(new).worker) == (True, "")
    assert made_of(new, "480p").state == TrackState.QUEUED, "its rest is not begun"
    assert work_on(long.pk)
    assert row(long).state == State.READY
    assert work_on(new.pk)
    assert row(new).state == State.READY


# --- the rules, without films ------------------------------------------------------------------


@pytest.fixture
def turn(people, frozen_clock):
    """A film amid its rest, its Turn, and `look(s)`: whether it gives way so much later."""
    mine = playable(people.owner, begun=True)
    lease = jobs.claim(mine.pk)
    own = turns.Turn(lease.video_id)

    def look(after_s):
        frozen_clock.advance(after_s * 1000)
        lease.confirm()
        try:
            own.look()
        except turns.GiveWay:
            return True
        return False

    return SimpleNamespace(mine=mine, look=look)


def playable(owner, *, begun=False):
    video = Video.objects.create(
        owner=owner, title="Mine", state=State.PROCESSING, playable=True, duration=60
    )
    state = TrackState.PROCESSING if begun else TrackState.QUEUED
    Rendition.objects.create(
        video=video, name="480p", position=1, width=2, height=2, fps="25", peak_bps=1, state=state
    )
    return video


def waiting(owner):
    return Video.objects.create(owner=owner, title="New", state=State.QUEUED)


def test_nobody_gives_way_to_nobody(turn):
    assert not turn.look(60)
    assert not turn.look(60)


def test_a_film_of_this_moment_may_have_an_idle_worker_already(turn, people):
    assert not turn.look(60)
    waiting(people.owner)
    assert not turn.look(60)
    assert turn.look(turns.LOOK_EVERY_MS / 1000 + 1)


def test_a_film_that_another_worker_has_taken_does_not_wait(turn, people):
    new = waiting(people.owner)
    assert not turn.look(60)
    jobs.claim(new.pk)
    assert not turn.look(10)


def test_it_is_asked_seldom(turn, django_assert_num_queries):
    turn.look(60)
    with django_assert_num_queries(1):  # the lease
        turn.look(1)


def test_only_a_rest_that_was_begun_goes_before_another(people):
    mine = playable(people.owner)
    assert jobs.rest_in_line(mine.pk) is None
    playable(people.owner)
    assert jobs.rest_in_line(mine.pk) is None
    begun = playable(people.owner, begun=True)
    assert jobs.rest_in_line(mine.pk) == begun.pk
    assert jobs.rest_in_line(begun.pk) is None
    jobs.claim(begun.pk)
    assert jobs.rest_in_line(mine.pk) is None


def test_two_films_that_were_begun_never_lay_each_other_down(people):
    one, other = (playable(people.owner, begun=True) for _ in range(2))
    assert jobs.rest_in_line(one.pk) is None
    assert jobs.rest_in_line(other.pk) is None


def test_laying_a_film_down_for_another_is_no_vain_try(people):
    """Else a film that is laid down four times would fail."""
    mine = playable(people.owner, begun=True)
    for _ in range(jobs.MOST_TRIES + 2):
        lease = jobs.claim(mine.pk)
        assert lease is not None
        jobs.give_way(lease)


def test_of_two_workers_one_gives_way(people):
    """Else each upload would stop them all."""
    leases = [jobs.claim(playable(people.owner, begun=True).pk) for _ in range(2)]
    assert jobs.newest_at_rest() == leases[1].video_id
    jobs.give_way(leases[1])
    assert jobs.newest_at_rest() == leases[0].video_id

"""Who works on which film: claims, leases, tries, and the sweep that finds what was lost."""

import datetime

import pytest

from syncwatch.lib import clock
from videos import jobs, services, tasks
from videos.jobs import LEASE_S, MOST_TRIES, LeaseLost
from videos.models import Rendition, State, TrackState, Video
from videos.pipeline import work
from videos.rules import admission

pytestmark = pytest.mark.django_db


@pytest.fixture
def film(people):
    return Video.objects.create(owner=people.owner, title="Film", state=State.QUEUED)


@pytest.fixture(autouse=True)
def hints(monkeypatch):
    """The messages that workers would have got."""
    from django.db import transaction

    from videos import hints as real

    sent = []
    monkeypatch.setattr(real, "_send", lambda task, video_id: sent.append((task, video_id)))
    monkeypatch.setattr(transaction, "on_commit", lambda act: act())
    return sent


def row(video):
    return Video.objects.get(pk=video.pk)


def lost(frozen_clock):
    frozen_clock.advance(LEASE_S * 1000 + 1)


def test_a_film_is_claimed_by_one_worker_only(film):
    assert jobs.claim(film.pk) is not None
    assert jobs.claim(film.pk) is None


def test_a_message_delivered_twice_does_nothing(film, monkeypatch):
    done = []
    monkeypatch.setattr(work, "_work", lambda lease: done.append(lease) or True)
    work.work_on(film.pk)
    work.work_on(film.pk)
    assert len(done) == 1


@pytest.mark.parametrize("state", [State.UPLOADING, State.READY, State.FAILED])
def test_only_films_that_want_work_are_claimed(film, state):
    Video.objects.filter(pk=film.pk).update(state=state, playable=True, error_code="x")
    assert jobs.claim(film.pk) is None


def test_a_deleted_film_is_not_claimed(film):
    services.video_delete(video=film)
    assert jobs.claim(film.pk) is None


def test_an_unknown_film_is_nobodys_fault():
    assert work.work_on("01890000-0000-7000-8000-000000000000") is False


def test_a_lease_that_has_run_out_passes_to_the_next(film, frozen_clock):
    first = jobs.claim(film.pk)
    lost(frozen_clock)
    second = jobs.claim(film.pk)
    assert second.attempt == first.attempt + 1
    with pytest.raises(LeaseLost):
        first.update(progress=50)
    assert row(film).progress == 0


def test_a_lease_is_kept_by_renewing_it(film, frozen_clock):
    lease = jobs.claim(film.pk)
    for _ in range(10):
        frozen_clock.advance(6_000)
        lease.renew()
    assert jobs.claim(film.pk) is None


def test_renewing_often_writes_seldom(film, frozen_clock, django_assert_num_queries):
    lease = jobs.claim(film.pk)
    with django_assert_num_queries(0):
        lease.renew()
    frozen_clock.advance(5_001)
    with django_assert_num_queries(1):
        lease.renew()


def test_a_loser_is_told_at_once_where_it_matters(film, frozen_clock):
    lease = jobs.claim(film.pk)
    services.video_requeue(video_id=film.pk)
    lease.renew()  # looked a moment ago
    with pytest.raises(LeaseLost):
        lease.confirm()


def test_deleting_a_film_takes_it_away_from_its_worker(film):
    lease = jobs.claim(film.pk)
    services.video_delete(video=film)
    with pytest.raises(LeaseLost):
        lease.confirm()


def test_a_release_lets_the_next_one_in_at_once(film):
    jobs.release(jobs.claim(film.pk))
    assert jobs.claim(film.pk) is not None


def test_after_three_vain_tries_a_film_fails_in_words_and_may_be_tried_again(film, frozen_clock):
    for _ in range(MOST_TRIES):
        assert jobs.claim(film.pk) is not None
        lost(frozen_clock)
    assert jobs.claim(film.pk) is None
    assert (row(film).state, row(film).error_code, row(film).retryable) == (
        State.FAILED,
        "interrupted",
        True,
    )


def test_progress_forgives_earlier_tries(film, frozen_clock):
    for _ in range(MOST_TRIES + 2):
        lease = jobs.claim(film.pk)
        assert lease is not None
        lease.progressed()
        lost(frozen_clock)


def test_a_fault_that_may_pass_is_tried_three_times(film):
    for _ in range(MOST_TRIES):
        assert row(film).state == State.QUEUED
        jobs.give_up(jobs.claim(film.pk), admission.ENCODER)
    assert (row(film).state, row(film).error_code) == (State.FAILED, "transcode_failed")
    assert row(film).worker == ""


def test_invalid_data_fails_at_once_and_for_good(film):
    jobs.give_up(jobs.claim(film.pk), admission.DAMAGED)
    assert (row(film).state, row(film).retryable) == (State.FAILED, False)
    assert jobs.claim(film.pk) is None


def test_giving_up_a_film_that_is_gone_is_losing_it(film):
    lease = jobs.claim(film.pk)
    Video.objects.filter(pk=film.pk).delete()
    with pytest.raises(LeaseLost):
        jobs.give_up(lease, admission.ENCODER)


def rendition(video, name, **fields):
    return Rendition.objects.create(
        video=video, name=name, position=0, width=2, height=2, fps="25", peak_bps=1, **fields
    )


def test_a_failed_quality_never_hides_what_plays_to_its_end(film):
    rendition(film, "360p", first=True, state=TrackState.READY)
    top = rendition(film, "1080p")
    Video.objects.filter(pk=film.pk).update(playable=True, state=State.PROCESSING)
    jobs.fail(jobs.claim(film.pk), admission.ENCODER)
    assert (row(film).state, row(film).playable, row(film).error_code) == (
        State.READY,
        True,
        "transcode_failed",
    )
    top.refresh_from_db()
    assert top.state == TrackState.FAILED


def test_half_a_film_is_no_film(film):
    rendition(film, "360p", first=True, state=TrackState.PROCESSING)
    Video.objects.filter(pk=film.pk).update(playable=True, state=State.PROCESSING)
    jobs.fail(jobs.claim(film.pk), admission.ENCODER)
    assert (row(film).state, row(film).playable) == (State.FAILED, False)


# --- the sweep -------------------------------------------------------------------------------


def told(hints, video):
    return hints.count(("videos.tasks.transcode", str(video.pk)))


def test_the_sweep_calls_for_a_film_whose_worker_is_gone(film, frozen_clock, hints):
    jobs.claim(film.pk)
    jobs.hinted(film.pk)
    services.sweep()
    assert told(hints, film) == 0
    lost(frozen_clock)
    services.sweep()
    services.sweep()
    assert told(hints, film) == 1


def test_the_sweep_calls_again_when_the_message_was_lost(film, frozen_clock, hints):
    jobs.hinted(film.pk)
    services.sweep()
    assert told(hints, film) == 0
    frozen_clock.advance(jobs.HINT_AGAIN_S * 1000 + 1)
    services.sweep()
    assert told(hints, film) == 1


def test_the_sweep_leaves_finished_films_alone(film, hints):
    Video.objects.filter(pk=film.pk).update(state=State.READY, playable=True)
    services.sweep()
    assert told(hints, film) == 0


def test_a_deleted_film_is_purged_when_no_worker_can_be_writing(film, frozen_clock):
    jobs.claim(film.pk)
    services.video_delete(video=film)
    services.video_purge(video_id=film.pk)
    assert Video.objects.filter(pk=film.pk).exists()
    lost(frozen_clock)
    frozen_clock.advance(1000)
    services.sweep()
    assert not Video.objects.filter(pk=film.pk).exists()


# --- whose turn it is ------------------------------------------------------------------------


@pytest.fixture
def worked(monkeypatch):
    """Work that ends each film at once; the order in which it was done."""
    done = []

    def work_on(video_id):
        lease = jobs.claim(video_id)
        if lease:
            done.append(str(video_id))
            lease.update(state=State.READY, playable=True, worker="", lease_until=None)

    monkeypatch.setattr(tasks, "work_on", work_on)
    return done


def test_films_that_nobody_can_watch_yet_go_first(film, people, worked):
    Video.objects.filter(pk=film.pk).update(state=State.PROCESSING, playable=True)
    urgent = Video.objects.create(owner=people.owner, title="New", state=State.QUEUED)
    tasks.transcode(str(film.pk))
    assert worked == [str(urgent.pk), str(film.pk)]


def test_a_film_that_was_laid_down_is_called_for_again(film, monkeypatch, hints):
    monkeypatch.setattr(tasks, "work_on", lambda video_id: jobs.release(jobs.claim(video_id)))
    tasks.transcode(str(film.pk))
    assert told(hints, film) >= 1


def test_the_longest_waiting_film_is_first_in_line(film, people, frozen_clock):
    Video.objects.create(owner=people.owner, title="Later", state=State.QUEUED)
    assert jobs.first_in_line() == film.pk
    jobs.claim(film.pk)
    assert jobs.first_in_line() != film.pk


def test_the_name_of_a_worker_tells_machine_and_process():
    assert jobs.worker_name().count(":") >= 1
    assert len(jobs.worker_name()) <= 100


def test_a_lease_ends_in_seconds(film, frozen_clock):
    jobs.claim(film.pk)
    assert row(film).lease_until - clock.now() == datetime.timedelta(seconds=LEASE_S)

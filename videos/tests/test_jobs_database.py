"""A database that is away for a while: the work waits for it and goes on."""

import json
from types import SimpleNamespace

import pytest
from django.db import connection
from django.db.utils import InterfaceError, OperationalError

from syncwatch.tests.programs import lacking
from syncwatch.tests.servers import PostgresServer, ServerMissing
from videos import jobs
from videos.jobs import DATABASE_PATIENCE_MS, LEASE_S, LeaseLost
from videos.models import Rendition, State, Video
from videos.pipeline import stages, work
from videos.pipeline.work import work_on
from videos.rules import admission
from videos.tests.clips import film as clip
from videos.tests.films import arrived, assert_delivered
from videos.tests.workers import started, wait_for

pytestmark = pytest.mark.django_db(transaction=True)  # within one no query is tried again
FAULTS = [OperationalError("the connection was cut"), InterfaceError("it is closed")]


@pytest.fixture
def film(people):
    return Video.objects.create(owner=people.owner, title="Film", state=State.QUEUED)


@pytest.fixture
def away(monkeypatch, frozen_clock):
    """`away.for_s(seconds, fault)`: from now on the database answers only after so long."""
    state = SimpleNamespace(back_ms=0, closed=0)

    def refuse(execute, *rest):
        if jobs.clock.monotonic_ms() < state.back_ms:
            raise state.fault
        return execute(*rest)

    def for_s(seconds, fault=FAULTS[0]):
        state.back_ms, state.fault = jobs.clock.monotonic_ms() + seconds * 1000, fault

    def closed():
        state.closed += 1

    monkeypatch.setattr(jobs.time, "sleep", lambda s: frozen_clock.advance(s * 1000))
    monkeypatch.setattr(jobs, "close_old_connections", closed)
    state.for_s = for_s
    with connection.execute_wrapper(refuse):
        yield state


@pytest.mark.parametrize("fault", FAULTS, ids=["operational", "interface"])
def test_a_lease_outlasts_a_database_that_is_away(film, away, frozen_clock, fault):
    lease = jobs.claim(film.pk)
    frozen_clock.advance(6_000)
    away.for_s(3 * LEASE_S, fault)
    lease.renew()
    assert away.closed, "or Django would go on with a dead connection"
    assert jobs.claim(film.pk) is None
    lease.update(progress=50)
    assert Video.objects.get(pk=film.pk).progress == 50


def test_a_lease_that_somebody_else_took_meanwhile_is_lost(film, away, frozen_clock):
    lease = jobs.claim(film.pk)
    Video.objects.filter(pk=film.pk).update(attempt=7)
    away.for_s(3 * LEASE_S)
    with pytest.raises(LeaseLost):
        lease.confirm()


def test_a_database_that_stays_away_costs_the_lease_in_the_end(film, away):
    lease = jobs.claim(film.pk)
    away.for_s(DATABASE_PATIENCE_MS / 1000 + 60)
    with pytest.raises(LeaseLost):
        lease.confirm()


def test_a_failure_waits_for_the_database_to_be_told(film, away):
    lease = jobs.claim(film.pk)
    away.for_s(40)
    jobs.give_up(lease, admission.DAMAGED)
    assert Video.objects.get(pk=film.pk).state == State.FAILED


def test_a_film_is_laid_down_where_the_database_goes_away_between_two_stages(
    film, away, monkeypatch
):
    def cut(lease):
        away.for_s(40)
        Video.objects.get(pk=lease.video_id)

    monkeypatch.setattr(work, "_work", cut)
    assert work_on(film.pk) is False
    row = Video.objects.get(pk=film.pk)
    assert (row.state, row.worker, row.lease_until, row.tries) == (State.QUEUED, "", None, 1)


@pytest.mark.ffmpeg
@pytest.mark.parametrize("fault", FAULTS, ids=["operational", "interface"])
def test_a_running_film_goes_on_when_a_row_could_not_be_written(
    people, slow_reading, monkeypatch, fault
):
    """Three times in the middle of what is watched while ffmpeg runs."""
    video = arrived(people.owner, clip("two-rungs.mkv"))
    faults = {"row": 1, "playable": 1, "rest": 1}

    def once(name, act):
        def failing(*args, **kwargs):
            if faults[name]:
                faults[name] -= 1
                raise fault
            return act(*args, **kwargs)

        return failing

    monkeypatch.setattr(jobs.time, "sleep", lambda s: None)
    monkeypatch.setattr(Rendition, "save", once("row", Rendition.save))
    monkeypatch.setattr(stages.Making, "_is_playable", once("playable", stages.Making._is_playable))
    monkeypatch.setattr(stages.progress, "bar", once("rest", stages.progress.bar))
    assert work_on(video.pk)
    assert not any(faults.values())
    row = Video.objects.get(pk=video.pk)
    assert (row.state, row.attempt) == (State.READY, 1)
    assert_delivered(row, seconds=12)


# --- PostgreSQL itself -------------------------------------------------------------------------


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")
def test_a_lease_outlasts_a_connection_that_the_server_ended(film, monkeypatch):
    import psycopg

    lease = jobs.claim(film.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    with psycopg.connect(**connection.get_connection_params() | {"autocommit": True}) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [pid])
    monkeypatch.setattr(jobs, "PAUSE_S", 0.05)
    lease.confirm()
    lease.update(progress=50)


@pytest.fixture
def postgres():
    try:
        server = PostgresServer()
    except ServerMissing as missing:
        lacking(str(missing))
    with server:
        yield server


@pytest.fixture
def worker(tmp_path, postgres):
    with started(tmp_path, **postgres.environment()) as start:
        yield start


@pytest.mark.long
@pytest.mark.ffmpeg
@pytest.mark.stack
def test_a_running_film_lives_through_a_restart_of_postgresql(worker, postgres, tmp_path):
    video_id = worker("prepare", clip("television.mkv")).communicate()[0].strip()
    index = tmp_path / "media" / "hls" / video_id / "480p" / "index.m3u8"
    one = worker("work", video_id)
    wait_for(lambda: index.exists() or one.poll() is not None)
    assert one.poll() is None, "it was done before the database could go away"
    postgres.stop()
    postgres.start()
    assert one.wait(120) == 0
    import psycopg

    with psycopg.connect(postgres.url.replace("postgres://", "postgresql://")) as link:
        found = link.execute("SELECT state, attempt FROM videos_video").fetchall()
    assert found == [("ready", 1)], json.dumps(found)

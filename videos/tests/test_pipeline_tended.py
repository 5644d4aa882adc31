"""A storage may be silent for longer than a lease lasts: the film stays ours meanwhile."""

import threading
from types import SimpleNamespace

import pytest

from videos import jobs, services
from videos.jobs import LEASE_S, LeaseLost
from videos.models import State, Video
from videos.pipeline import tended
from videos.pipeline.workshop import Workshop
from videos.storage import MissingError, StorageError

pytestmark = pytest.mark.django_db
QUIET_S = 100  # three silent tries of a bucket take about as long


class Slow:
    """A storage that answers when it is told to; `calls` says from which threads it was called."""

    def __init__(self):
        self.answer, self.threads = threading.Event(), []

    def _wait(self):
        self.threads.append(threading.current_thread())
        assert self.answer.wait(20)

    def put(self, key, content):
        self._wait()

    def read(self, key, start=0, length=None):
        self._wait()
        return b"film"[start:][:length]

    def keys(self, prefix):
        self._wait()
        raise StorageError(TimeoutError(prefix))

    def delete(self, key):
        raise MissingError(FileNotFoundError(key))

    def fetch(self, key, to, each):
        while not self.answer.wait(0.01):
            each()


@pytest.fixture
def quiet(people, frozen_clock, tmp_path, monkeypatch):
    """A workshop at a storage that answers after more than a minute of silence."""
    monkeypatch.setattr(tended, "LOOK_EVERY_S", 0.001)
    film = Video.objects.create(owner=people.owner, title="Film", state=State.QUEUED)
    lease, store = jobs.claim(film.pk), Slow()
    renew, passed = lease.renew, []

    def second():
        passed.append(1)
        frozen_clock.advance(1000)
        renew()
        assert jobs.claim(film.pk) is None
        if len(passed) == QUIET_S:
            store.answer.set()

    monkeypatch.setattr(lease, "renew", second)
    return SimpleNamespace(shop=Workshop(lease, tmp_path, store), store=store, film=film)


def test_a_film_stays_ours_while_its_piece_is_being_stored(quiet):
    assert QUIET_S > 3 * LEASE_S
    quiet.shop.put("hls/x", b"piece")
    quiet.shop.lease.confirm()
    assert quiet.store.threads != [threading.current_thread()]


def test_what_a_storage_answers_comes_back(quiet):
    assert quiet.shop.store.read("key", 1, 2) == b"il"


def test_what_a_storage_refuses_comes_back(quiet):
    with pytest.raises(StorageError):
        quiet.shop.store.keys("hls")
    with pytest.raises(MissingError):
        quiet.shop.store.delete("hls/x")


def test_a_film_that_is_taken_away_is_noticed_at_once_and_nothing_goes_on_behind_us(quiet):
    services.video_delete(video=quiet.film)
    threading.Timer(0.2, quiet.store.answer.set).start()
    with pytest.raises(LeaseLost):
        quiet.shop.put("hls/x", b"piece")
    with pytest.raises(LeaseLost):
        quiet.shop.store.put("hls/x", b"piece")
    assert not any(thread.is_alive() for thread in quiet.store.threads)


def test_a_film_that_is_taken_away_is_not_fetched_to_its_end(quiet):
    services.video_delete(video=quiet.film)
    with pytest.raises(LeaseLost):
        quiet.shop.fetch_source()
    assert not quiet.store.answer.is_set()

"""Fixtures for tests of the pipeline: a worker in a hurry, and films it has been at."""

import pytest

from videos.encoder import commands, process
from videos.models import Video
from videos.pipeline import extras
from videos.pipeline.work import work_on
from videos.signals import video_changed
from videos.tests.clips import film
from videos.tests.films import arrived


@pytest.fixture
def in_a_hurry(monkeypatch):
    """Tests do not stand back for others, as encoders on a server do, and need one picture."""
    monkeypatch.setattr(process, "NICENESS", 0)
    monkeypatch.setattr(extras, "POSTER_PLACES", extras.POSTER_PLACES[:1])


@pytest.fixture
def made(people, in_a_hurry):
    """`made(clip)`: the film after one worker has been at it."""

    def make(clip):
        path = film(clip) if isinstance(clip, str) else clip
        video = arrived(people.owner, path)
        work_on(video.pk)
        return Video.objects.get(pk=video.pk)

    return make


@pytest.fixture
def slow_reading(monkeypatch, in_a_hurry):
    """ffmpeg reads films at four times their speed, so that there is time to watch it work."""
    source = commands._source
    monkeypatch.setattr(commands, "_source", lambda **options: source(readrate=4, **options))


@pytest.fixture
def news():
    """What the floors above are told, in order; `news.watch(f)` adds what f returns to each."""
    heard = News()
    video_changed.connect(heard)
    yield heard
    video_changed.disconnect(heard)
    if heard.fault:
        raise heard.fault


class News(list):
    """Senders are not troubled by faults of a receiver, so those are kept for the end."""

    look = fault = None

    def watch(self, look):
        self.look = look

    def __call__(self, sender, video_id, payload, **_):
        seen = None
        try:
            seen = self.look(video_id) if self.look else None
        except Exception as fault:  # noqa: BLE001  raised at the end
            self.fault = fault
        self.append({**payload, "saw": seen})

    __hash__ = object.__hash__

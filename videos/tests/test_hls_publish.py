"""Bringing segments to storage while ffmpeg goes on making them."""

import pytest

from videos.hls import playlists
from videos.hls.publish import PATIENCE_MS, Publisher, patiently
from videos.storage import MissingError, StorageError


class Shelf(dict):
    """A storage in memory that remembers the order of what was put."""

    def __init__(self):
        super().__init__()
        self.order = []

    def put(self, key, content):
        self.order.append(key)
        self[key] = content if isinstance(content, bytes) else content.read_bytes()

    def read(self, key, start=0, length=None):
        if key not in self:
            raise MissingError(FileNotFoundError(key))
        return self[key]

    def keys(self, prefix):
        return [key for key in self if key.startswith(f"{prefix}/")]

    def delete(self, key):
        self.pop(key, None)


class Encoder:
    """Writes what ffmpeg would write."""

    def __init__(self, folder, first=0):
        self.folder, self.first, self.made = folder, first, 0
        (folder / "init.mp4").write_bytes(b"init avcC\x01\x64\x00\x1f")

    def segment(self, seconds=4.0, content=None):
        name = f"{self.first + self.made:05}.m4s"
        (self.folder / name).write_bytes(content or f"segment {name}".encode())
        with (self.folder / "index.m3u8").open("a") as index:
            index.write(f"#EXTINF:{seconds},\n{name}\n")
        self.made += 1
        return self

    def close(self):
        with (self.folder / "index.m3u8").open("a") as index:
            index.write("#EXT-X-ENDLIST\n")


@pytest.fixture
def shelf():
    return Shelf()


@pytest.fixture
def track(shelf, tmp_path):
    """`track(attempt)`: an encoder and its publisher; later ones find what earlier ones left."""

    def begin(attempt=1, first=0, confirm=lambda: None):
        folder = tmp_path / str(attempt)
        folder.mkdir()
        encoder = Encoder(folder, first)
        publisher = Publisher(
            shelf, local=folder, prefix="hls/v/360p", attempt=attempt, target_s=4,
            between=lambda seconds: None, confirm=confirm,
        )  # fmt: skip
        return encoder, publisher

    return begin


def listed(shelf):
    segments, done = playlists.read_media(shelf["hls/v/360p/index.m3u8"].decode())
    return [segment.uri for segment in segments], done


def test_nothing_is_published_before_there_is_something(track, shelf):
    _, publisher = track()
    assert publisher.publish() == 0
    assert not shelf


def test_init_then_segment_then_playlist(track, shelf):
    encoder, publisher = track()
    encoder.segment()
    publisher.publish()
    assert [key.rpartition("/")[2] for key in shelf.order] == [
        "1-init.mp4",
        "1-00000.m4s",
        "index.m3u8",
    ]
    assert listed(shelf) == (["1-00000.m4s"], False)


def test_only_what_is_new_is_sent_and_what_was_sent_is_gone_from_the_working_folder(track, shelf):
    encoder, publisher = track()
    encoder.segment()
    publisher.publish()
    encoder.segment()
    assert publisher.publish() == 1
    assert shelf.order.count("hls/v/360p/1-00000.m4s") == 1
    assert not list(encoder.folder.glob("*.m4s"))
    assert publisher.available_s == 8


def test_the_last_piece_waits_for_the_word_that_all_went_well(track, shelf):
    """Ffmpeg closes its playlist after a fault, too."""
    encoder, publisher = track()
    encoder.segment().segment(seconds=1.2).close()
    publisher.publish()
    assert listed(shelf) == (["1-00000.m4s"], False)
    publisher.publish(ended=True)
    assert listed(shelf) == (["1-00000.m4s", "1-00001.m4s"], True)
    assert publisher.done


def test_a_successor_goes_on_where_the_list_ends(track, shelf):
    encoder, publisher = track()
    encoder.segment().segment()
    publisher.publish()
    encoder, publisher = track(attempt=2, first=2)
    assert len(publisher.segments) == 2
    encoder.segment().close()
    publisher.publish(ended=True)
    assert listed(shelf) == (["1-00000.m4s", "1-00001.m4s", "2-00002.m4s"], True)
    text = shelf["hls/v/360p/index.m3u8"].decode()
    assert text.count("#EXT-X-MAP:") == 1, "the same init is named once"


def test_a_run_from_the_start_adds_only_what_is_missing(track, shelf):
    encoder, publisher = track()
    encoder.segment()
    publisher.publish()
    encoder, publisher = track(attempt=2)
    encoder.segment().segment().close()
    publisher.publish(ended=True)
    assert listed(shelf) == (["1-00000.m4s", "2-00001.m4s"], True)


def test_an_init_that_differs_is_kept_beside_the_first(track, shelf):
    encoder, publisher = track()
    encoder.segment()
    publisher.publish()
    encoder, publisher = track(attempt=2, first=1)
    (encoder.folder / "init.mp4").write_bytes(b"other")
    encoder.segment().close()
    publisher.publish(ended=True)
    text = shelf["hls/v/360p/index.m3u8"].decode()
    assert 'MAP:URI="1-init.mp4"' in text
    assert 'MAP:URI="2-init.mp4"' in text


def test_pieces_of_the_dead_that_nobody_listed_are_cleared_away_at_the_end(track, shelf):
    encoder, publisher = track()
    encoder.segment()
    publisher.publish()
    shelf.put("hls/v/360p/1-00001.m4s", b"died before it could list this")
    encoder, publisher = track(attempt=2, first=1)
    encoder.segment().close()
    publisher.publish(ended=True)
    assert "hls/v/360p/1-00001.m4s" not in shelf
    assert sorted(shelf) == [
        "hls/v/360p/1-00000.m4s",
        "hls/v/360p/1-init.mp4",
        "hls/v/360p/2-00001.m4s",
        "hls/v/360p/index.m3u8",
    ]


def test_who_has_lost_the_film_writes_nothing_more(track, shelf):
    encoder, publisher = track()
    encoder.segment()
    publisher.publish()
    before = dict(shelf)

    class Lost(Exception):
        pass

    def lost():
        raise Lost

    publisher._confirm = lost
    encoder.segment()
    with pytest.raises(Lost):
        publisher.publish()
    assert shelf == before


def test_a_finished_track_is_left_alone(track, shelf):
    encoder, publisher = track()
    encoder.segment().close()
    publisher.publish(ended=True)
    count = len(shelf.order)
    _, again = track(attempt=2)
    assert again.done
    assert again.publish(ended=True) == 0
    assert len(shelf.order) == count


def test_the_average_is_known_only_where_all_went_through_these_hands(track):
    encoder, publisher = track()
    encoder.segment(content=b"x" * 4000)
    publisher.publish()
    assert publisher.average_bps == 8000
    assert publisher.peak_bps == 8000
    _, later = track(attempt=2, first=1)
    assert later.average_bps is None


def test_a_storage_that_is_away_for_a_while_is_waited_for(frozen_clock):
    answers = [StorageError(OSError("away"))] * 3 + ["here"]
    waits = []

    def act():
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    assert patiently(act, waits.append) == "here"
    assert len(waits) == 3


def test_patience_ends(frozen_clock):
    def act():
        raise StorageError(OSError("away"))

    def wait(seconds):
        frozen_clock.advance(PATIENCE_MS)

    with pytest.raises(StorageError) as refused:
        patiently(act, wait)
    assert refused.value.refusal.code == "storage_unavailable"


def test_a_full_disk_is_told_at_once():
    def act():
        raise StorageError(OSError(28, "No space left"))

    with pytest.raises(StorageError) as refused:
        patiently(act, lambda _: pytest.fail("it waited"))
    assert refused.value.refusal.code == "storage_full"

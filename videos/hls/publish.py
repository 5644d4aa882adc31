"""Bringing finished segments from the working folder to storage: segment first, then playlist."""

import hashlib
import logging
import math
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from syncwatch.lib import clock
from videos.hls import playlists
from videos.hls.playlists import Segment
from videos.rules.admission import DISK_FULL
from videos.storage import MissingError, ObjectStore, StorageError

T = TypeVar("T")
log = logging.getLogger(__name__)

PATIENCE_MS = 90_000  # a storage may be away for a minute
PAUSE_S = 2.0
INIT = "init.mp4"
INDEX = "index.m3u8"


class Publisher:
    """One track's segments on their way out.

    What is already listed in storage is kept: the numbers ffmpeg gives to segments are places in
    the film, so a run that begins again from the start only adds what is missing. Names carry the
    attempt, so a worker that was thought dead never overwrites what its successor made.
    """

    def __init__(
        self,
        store: ObjectStore,
        *,
        local: Path,
        prefix: str,
        attempt: int,
        target_s: float,
        between: Callable[[float], None],
        confirm: Callable[[], None],
    ) -> None:
        self._store, self._local, self._prefix = store, local, prefix
        self._attempt, self._target_s = attempt, target_s
        self._between = between  # called while waiting for a storage that is away
        self._confirm = confirm  # raises when the film is no longer ours
        self.segments, self.done = self._listed_in_storage()
        self._init_uri = ""
        self.peak_bps = 0
        self._bits = self._sent = 0

    def _listed_in_storage(self) -> tuple[list[Segment], bool]:
        try:
            text = self._patiently(lambda: self._store.read(f"{self._prefix}/{INDEX}"))
        except MissingError:
            return [], False
        return playlists.read_media(text.decode())

    @property
    def available_s(self) -> float:
        return sum(segment.duration_s for segment in self.segments)

    @property
    def average_bps(self) -> int | None:
        """Known where every segment passed through these hands."""
        if not self.segments or self._sent != len(self.segments):
            return None
        return math.ceil(self._bits / self.available_s)

    def publish(self, *, ended: bool = False) -> int:
        """Upload what is new; `ended` says that ffmpeg is done and content with itself.

        The last piece waits for that word: ffmpeg ends its playlist after a fault, too.
        """
        index = self._local / INDEX
        if self.done or not index.exists():
            return 0
        found, closed = playlists.listed(index.read_text())
        ready = found if ended or not closed else found[:-1]
        fresh = 0
        for item in ready:
            if int(item.name.split(".")[0]) == len(self.segments):
                self._confirm()
                self._send(item.name, item.duration_s)
                fresh += 1
            (self._local / item.name).unlink(missing_ok=True)
        self.done = ended
        if fresh or ended:
            self._write_index()
        if ended:
            self._drop_strays()
        return fresh

    def _send(self, name: str, duration_s: float) -> None:
        if not self._init_uri:
            self._init_uri = self._send_init()
        uri, path = f"{self._attempt}-{name}", self._local / name
        bits = path.stat().st_size * 8
        self._bits, self._sent = self._bits + bits, self._sent + 1
        self.peak_bps = max(self.peak_bps, math.ceil(bits / max(duration_s, 0.5)))
        self._patiently(lambda: self._store.put(f"{self._prefix}/{uri}", path))
        self.segments.append(Segment(uri, duration_s, self._init_uri))

    def _send_init(self) -> str:
        """The init section of this run; the one in storage where it is the same."""
        content = (self._local / INIT).read_bytes()
        uri = f"{self._attempt}-{INIT}"
        if self.segments:
            known = self.segments[-1].init_uri
            stored = self._patiently(lambda: self._store.read(f"{self._prefix}/{known}"))
            if hashlib.sha256(stored).digest() == hashlib.sha256(content).digest():
                return known
        self._patiently(lambda: self._store.put(f"{self._prefix}/{uri}", content))
        return uri

    def init(self) -> bytes:
        """The init section that the first segment needs."""
        uri = self.segments[0].init_uri
        return self._patiently(lambda: self._store.read(f"{self._prefix}/{uri}"))

    def _write_index(self) -> None:
        text = playlists.media(self.segments, target_s=self._target_s, done=self.done)

        def put() -> None:
            self._confirm()
            self._store.put(f"{self._prefix}/{INDEX}", text.encode())

        self._patiently(put)

    def _drop_strays(self) -> None:
        """What workers brought here that died before they could list it."""
        names = {INDEX, *(s.uri for s in self.segments), *(s.init_uri for s in self.segments)}
        listed = {f"{self._prefix}/{name}" for name in names}
        for key in self._patiently(lambda: self._store.keys(self._prefix)):
            if key not in listed:
                self._patiently(partial(self._store.delete, key))

    def _patiently(self, act: Callable[[], T]) -> T:
        return patiently(act, self._between)


def patiently(act: Callable[[], T], between: Callable[[float], None]) -> T:
    """Try again while a storage is away, for a minute and a half; a missing object is an answer."""
    began_ms = clock.monotonic_ms()
    while True:
        try:
            return act()
        except MissingError:
            raise
        except StorageError as error:
            waited_ms = clock.monotonic_ms() - began_ms
            if error.refusal is DISK_FULL or waited_ms > PATIENCE_MS:
                raise
            log.warning("storage: %s; trying again", error)
            between(PAUSE_S)

"""The place where one film is worked on: a private folder, the lease, and processes under watch."""

import logging
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings

from syncwatch.lib import clock
from videos.encoder.commands import SOURCE_FILE
from videos.encoder.process import ENCODE_LIMITS, Child
from videos.hls.publish import Publisher, patiently
from videos.jobs import Lease, steadily
from videos.pipeline.tended import Tended
from videos.rules import admission
from videos.rules.admission import Refusal
from videos.storage import ObjectStore, original_key

log = logging.getLogger(__name__)

LOOK_EVERY_S = 0.25
PUBLISH_EVERY_MS = 500
STALE_S = 24 * 3600
_OUT_TIME = re.compile(rb"out_time_us=(-?\d+)")
_BAD_DATA = ("Invalid data found", "Output file is empty", "does not contain any stream",
             "Nothing was written", "Error opening input", "received no packets")  # fmt: skip


class EncodeFailed(Exception):
    """ffmpeg ended badly; `refusal` has words for people."""

    def __init__(self, refusal: Refusal, complaint: str) -> None:
        super().__init__(complaint)
        self.refusal = refusal


@dataclass
class Work:
    """One ffmpeg process and the tracks that come out of it."""

    argv: Sequence[str]
    publishers: Sequence[Publisher] = ()
    child: Child | None = None
    done: bool = False

    @property
    def reached_s(self) -> float:
        """How far ffmpeg says it is."""
        found = _OUT_TIME.findall(self.child.output) if self.child else []
        return max(0.0, int(found[-1]) / 1e6) if found else 0.0


class Workshop:
    """One claim's working place."""

    def __init__(self, lease: Lease, folder: Path, store: ObjectStore) -> None:
        self.lease, self.folder = lease, folder
        self.store: ObjectStore = Tended(store, lease.renew)

    @property
    def video_id(self) -> UUID:
        return self.lease.video_id

    def wait(self, seconds: float) -> None:
        """Wait without losing the lease."""
        until_ms = clock.monotonic_ms() + seconds * 1000
        while clock.monotonic_ms() < until_ms:
            self.lease.renew()
            time.sleep(LOOK_EVERY_S)

    def fetch_source(self) -> None:
        path = self.folder / SOURCE_FILE
        key = original_key(self.video_id)
        if not path.exists():
            patiently(lambda: self.store.fetch(key, path, self.lease.renew), self.wait)

    def put(self, key: str, content: bytes | Path) -> None:
        """Store what a later try would overwrite, so only while the film is ours."""

        def put_ours() -> None:
            self.lease.confirm()
            self.store.put(key, content)

        patiently(put_ours, self.wait)

    def supervise(self, works: Sequence[Work], watch: Callable[[], None]) -> None:
        """Run all of `works` side by side to their end, publishing what they finish.

        `watch` is called about twice a second, and again where the database was away. Raises
        EncodeFailed with the first that fails; the others are stopped, and what was published
        stays for the next try.
        """
        try:
            for work in works:
                work.child = Child(work.argv, cwd=self.folder, limits=ENCODE_LIMITS)
            published_ms = 0.0
            while running := [work.child for work in works if work.child and not work.done]:
                running[0].wait(LOOK_EVERY_S)
                self.lease.renew()
                ended = [_look(work) for work in works]
                if any(ended) or clock.monotonic_ms() - published_ms >= PUBLISH_EVERY_MS:
                    published_ms = clock.monotonic_ms()
                    self._publish(works)
                    steadily(watch)
        finally:
            for work in works:
                if work.child:
                    work.child.stop()

    def _publish(self, works: Sequence[Work]) -> None:
        for work in works:
            for publisher in work.publishers:
                self.lease.renew()
                publisher.publish(ended=work.done)

    def run(self, argv: Sequence[str]) -> None:
        """A command without tracks, to its end."""
        self.supervise([Work(argv)], lambda: None)


def _look(work: Work) -> bool:
    """True when this work has just ended well."""
    child = work.child
    if work.done or child is None:
        return False
    code = child.poll()
    if code is None and not child.stalled:
        child.output = child.output[-2000:]
        return False
    if code == 0:
        work.done = True
        return True
    complaint = child.complaint
    log.warning("ffmpeg ended with %s: %s", code, complaint[-500:])
    raise EncodeFailed(_judge(code, complaint), complaint)


def _judge(code: int | None, complaint: str) -> Refusal:
    if "No space left" in complaint or "Disk quota" in complaint:
        return admission.DISK_FULL
    if code is not None and code > 0 and any(sign in complaint for sign in _BAD_DATA):
        return admission.DAMAGED
    return admission.ENCODER


@contextmanager
def workshop(lease: Lease, store: ObjectStore) -> Iterator[Workshop]:
    """A fresh private folder, gone at the end; folders of earlier tries go first."""
    scratch = Path(settings.DATA_DIR) / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    _sweep(scratch, str(lease.video_id))
    folder = scratch / f"{lease.video_id}.{lease.attempt}"
    folder.mkdir(mode=0o700)
    try:
        yield Workshop(lease, folder, store)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(scratch: Path, video_id: str) -> None:
    long_ago_s = clock.now().timestamp() - STALE_S
    for entry in os.scandir(scratch):
        with suppress(FileNotFoundError):  # another worker sweeps here, too
            if entry.name.startswith(f"{video_id}.") or entry.stat().st_mtime < long_ago_s:
                shutil.rmtree(entry.path, ignore_errors=True)

"""From the end of an upload to a film that plays, and what a ladder costs against plain ffmpeg.

1. The real product takes two uploads of 1080p30, one that browsers show as it is (H.264, AAC) and
   one that must be encoded (VP9, Opus); the clock runs from the answer to the upload.
2. The second film goes through the pipeline in this process, which counts the CPU of every rung
   and sound track. The yardstick is one plain ffmpeg that makes a 1080p MP4 of the same film.
3. The very commands of step 2 run again by hand, those side by side that ran side by side.
"""

import logging
import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "syncwatch.settings")

import django

from bench import film, report
from syncwatch.lib import parts
from syncwatch.tests.api_client import Person
from syncwatch.tests.stack import Stack

SIZE, FPS = "1920x1080", 30
PATIENCE_S = 900


def children_cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@dataclass
class Ledger:
    """What the pipeline started: groups of commands that ran side by side, and their CPU."""

    groups: list[list[Sequence[str]]] = field(default_factory=list)
    ladder_cpu_s: float = 0.0
    wall_s: float = 0.0


def ffmpeg(*arguments: str) -> None:
    argv = [parts.path("ffmpeg"), "-nostdin", "-v", "error", "-y", *arguments]
    subprocess.run(argv, check=True)


def to_webm(source: Path) -> Path:
    to = source.with_suffix(".webm")
    ffmpeg(
        "-i", str(source), "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8",
        "-row-mt", "1", "-b:v", "6M", "-g", "120", "-c:a", "libopus", "-b:a", "96k", str(to),
    )  # fmt: skip
    return to


def playable_s(person: Person, path: Path) -> float:
    """From the answer to the upload until it plays; then waits for the rest."""
    video_id = person.upload(path)
    waited_s = person.wait_until(video_id, ready=False)
    person.wait_until(video_id, ready=True, within_s=PATIENCE_S)
    return waited_s


def through_the_pipeline(owner_id: str, path: Path) -> Ledger:
    """One film by one worker in this process."""
    from videos.encoder.process import Outcome, run
    from videos.models import State, Video
    from videos.pipeline.work import work_on
    from videos.pipeline.workshop import Workshop
    from videos.storage import original_key, store

    ledger = Ledger()
    supervise = Workshop.supervise

    def counted(shop: Workshop, works: Sequence, watch: Callable[[], None]) -> None:
        ledger.groups.append([work.argv for work in works])
        began_s = children_cpu_s()
        supervise(shop, works, watch)
        if any(work.publishers for work in works):
            ledger.ladder_cpu_s += children_cpu_s() - began_s

    def noted(argv: Sequence[str], **limits: Any) -> Outcome:
        ledger.groups.append([argv])
        return run(argv, **limits)

    video = Video(owner_id=owner_id, title="Bench", state=State.QUEUED)
    store().put(original_key(video.pk), path)
    video.save()
    with ExitStack() as patches:
        patches.enter_context(mock.patch("videos.encoder.process.NICENESS", 0))
        patches.enter_context(mock.patch.object(Workshop, "supervise", counted))
        patches.enter_context(mock.patch("videos.encoder.probe.run", noted))
        began_s = time.monotonic()
        if not work_on(video.pk):
            raise SystemExit("The film was not finished; the log says why.")
        ledger.wall_s = time.monotonic() - began_s
    return ledger


def plain_cpu_s(source: Path) -> float:
    """The yardstick: one 1080p MP4, nothing else."""
    began_s = children_cpu_s()
    ffmpeg(
        "-i", str(source), "-c:v", "libx264", "-preset", "veryfast", "-crf", "22",
        "-c:a", "aac", "-b:a", "128k", str(source.with_suffix(".plain.mp4")),
    )  # fmt: skip
    return children_cpu_s() - began_s


def by_hand_s(groups: Sequence[Sequence[Sequence[str]]], source: Path, folder: Path) -> float:
    """The wall time of the same commands without us."""
    (folder / "film").symlink_to(source)
    for argv in (argv for group in groups for argv in group):
        for word in argv:
            if word.endswith("/index.m3u8"):
                (folder / word).parent.mkdir(exist_ok=True)
    began_s = time.monotonic()
    for group in groups:
        running = [subprocess.Popen(argv, cwd=folder, stdout=subprocess.DEVNULL) for argv in group]
        if any(one.wait() for one in running):
            raise SystemExit("A command that worked in the pipeline failed by hand.")
    return time.monotonic() - began_s


def measure(stack: Stack, folder: Path, seconds: int) -> dict[str, float]:
    h264 = film.make(folder / "h264.mp4", seconds=seconds, size=SIZE, fps=FPS)
    webm = to_webm(h264)
    person = Person(stack.url, "Mara")
    results = {
        "playable_h264_s": playable_s(person, h264),
        "playable_transcode_s": playable_s(person, webm),
    }
    ledger = through_the_pipeline(person.id, webm)
    by_hand = folder / "by-hand"
    by_hand.mkdir()
    results["by_hand_wall_s"] = by_hand_s(ledger.groups, webm, by_hand)
    results["our_wall_s"] = ledger.wall_s
    results["wall_ratio"] = ledger.wall_s / results["by_hand_wall_s"]
    results["plain_cpu_s"] = plain_cpu_s(webm)
    results["ladder_cpu_s"] = ledger.ladder_cpu_s
    results["ladder_cpu_ratio"] = ledger.ladder_cpu_s / results["plain_cpu_s"]
    return results


def main() -> None:
    parser = report.arguments("Time to playable, and the cost of a ladder against plain ffmpeg.")
    parser.add_argument("--seconds", type=int, default=20, help="length of the film (20)")
    options = parser.parse_args()
    logging.disable(logging.INFO)
    with tempfile.TemporaryDirectory(prefix="sw-bench-") as folder, Stack() as stack:
        os.environ["SYNCWATCH_DATA"] = str(stack.data)  # one database and storage with the product
        django.setup()
        results = measure(stack, Path(folder), options.seconds)
    report.publish("video", results, options.json)


if __name__ == "__main__":
    main()

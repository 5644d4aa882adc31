"""What makes a film pleasant: its own subtitles, pictures for a poster, pictures for scrubbing."""

import logging
from collections.abc import Callable, Iterable
from pathlib import Path

from syncwatch.lib.text import clock_words
from videos.encoder import commands
from videos.models import Subtitle
from videos.pipeline.workshop import EncodeFailed, Workshop
from videos.rules import webvtt
from videos.rules.admission import DISK_FULL
from videos.rules.source import Source
from videos.rules.webvtt import Cue
from videos.storage import hls_prefix

log = logging.getLogger(__name__)

POSTER_PLACES = (0.1, 0.25, 0.4, 0.55, 0.7, 0.85)
STORYBOARD_EVERY_S = 5
STORYBOARD_MOST = 600  # small pictures a film
CUE_SOURCE_CHARS = 2 * webvtt.CUE_CHARS  # with the tags that are left out


def make_extras(shop: Workshop, source: Source) -> None:
    """Each for itself: a film without a poster is still a film."""
    steps: tuple[Callable[[Workshop, Source], None], ...] = (_posters, _subtitles, _storyboard)
    for step in steps:
        try:
            step(shop, source)
        except EncodeFailed as error:
            if error.refusal is DISK_FULL:
                raise
            log.warning("video %s: no %s: %s", shop.video_id, step.__name__, error)
    shop.lease.progressed(extras_done=True)


def _posters(shop: Workshop, source: Source) -> None:
    """A few frames from all over the film; the one with most detail (the largest file) is chosen
    until a person chooses another.
    """
    sizes: list[int] = []
    for share in POSTER_PLACES:
        name = f"poster-{len(sizes)}.jpg"
        shop.run(commands.still(source.duration_s * share, name))
        path = shop.folder / name
        if path.exists():
            shop.put(f"{hls_prefix(shop.video_id)}/{name}", path)
            sizes.append(path.stat().st_size)
    if sizes:
        best = sizes.index(max(sizes))
        shop.lease.progressed(posters=len(sizes), poster_chosen=best)


def _subtitles(shop: Workshop, source: Source) -> None:
    if not source.texts:
        return
    files = {text.position: f"subtitles-{text.position}.vtt" for text in source.texts}
    shop.run(commands.subtitles(files))
    for text in source.texts:
        cues, cut = _cues(shop.folder / files[text.position])
        if not cues:
            continue
        if cut:
            log.warning(
                "video %s: subtitle track %d has too much text; what follows %s is left out",
                shop.video_id, text.position, clock_words(cues[-1].start_ms / 1000),
            )  # fmt: skip
        row, _ = Subtitle.objects.get_or_create(
            video_id=shop.video_id,
            position=text.position,
            defaults={"language": text.language, "title": text.title, "forced": text.forced},
        )
        for name, content in webvtt.files(str(row.pk), cues, source.duration_s):
            shop.put(f"{hls_prefix(shop.video_id)}/subtitles/{name}", content)


def _cues(path: Path) -> tuple[list[Cue], bool]:
    """As many cues as we show, in order of time, and whether there were more. Each is read by
    itself and no further than it is shown, since an upload decides how long it is.
    """
    with path.open(errors="replace") as file:
        text = file.read(commands.TEXT_BYTES)
        blocks = text.split("\n\n")
        # ffmpeg stops behind the limit, so a text that goes up to it goes on.
        cut = path.stat().st_size >= commands.TEXT_BYTES
    if cut:
        blocks.pop()
    cues: list[Cue] = []
    for block in blocks:
        found = webvtt.cues_of(block[:CUE_SOURCE_CHARS])
        if found and len(cues) == webvtt.MOST_CUES:
            cut = True
            break
        cues += found
    return sorted(cues, key=lambda cue: (cue.start_ms, cue.end_ms)), cut


def _storyboard(shop: Workshop, source: Source) -> None:
    every_s = max(STORYBOARD_EVERY_S, source.duration_s / STORYBOARD_MOST)
    shop.run(commands.storyboard(every_s, "sheet-%03d.jpg"))
    sheets = sorted(shop.folder.glob("sheet-*.jpg"))
    if not sheets:
        return
    for sheet in sheets:
        shop.put(f"{hls_prefix(shop.video_id)}/{sheet.name}", sheet)
    text = _storyboard_text(sheets, every_s, source)
    shop.put(f"{hls_prefix(shop.video_id)}/storyboard.vtt", text.encode())
    shop.lease.progressed(storyboard=True)


def _storyboard_text(sheets: Iterable[Path], every_s: float, source: Source) -> str:
    picture = source.picture
    if picture is None:
        return webvtt.HEAD
    width, side = commands.STORYBOARD_WIDTH, commands.STORYBOARD_TILES
    height = 2 * round(width * picture.height / picture.width / 2)
    names = [sheet.name for sheet in sheets]
    return webvtt.storyboard(names, every_s, source.duration_s, (width, height), side)

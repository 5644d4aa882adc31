"""Rows and publishers side by side: what is made for a film, and how far it is."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from django.db import transaction

from syncwatch.lib import clock
from videos.hls import playlists
from videos.hls.publish import INDEX, Publisher
from videos.models import AudioTrack, Rendition, Subtitle, TrackState, Video
from videos.pipeline.workshop import Workshop
from videos.rules import ladder, progress
from videos.rules.ladder import AUDIO_BPS, Plan, Rung
from videos.rules.source import Source
from videos.storage import hls_prefix

AUDIO_TARGET_S = 4
RECORD_EVERY_MS = 1000
RATE_DENOMINATOR = 100_000  # of an uneven average: exact to more places than a playlist tells
PERCENT = 100


@dataclass
class Made:
    """One track being made: its row, its publisher, and how far it is (0–1)."""

    row: Rendition | AudioTrack
    folder: str
    publisher: Publisher
    fraction: float = 0.0
    recorded_ms: float = 0.0

    @property
    def done(self) -> bool:
        return self.publisher.done

    def as_track(self) -> progress.Track:
        made = self.publisher
        return progress.Track(len(made.segments), made.available_s, made.done)

    def record(self, shop: Workshop, *, now: bool = False) -> None:
        """Bring the row up to date, at most once a second; at the end and `now` at once."""
        now_ms = clock.monotonic_ms()
        if not (now or self.done) and now_ms - self.recorded_ms < RECORD_EVERY_MS:
            return
        self.recorded_ms = now_ms
        if len(self.publisher.segments) > self.row.segments_done:
            shop.lease.progressed()
        else:
            shop.lease.confirm()
        self.row.attempt = shop.lease.attempt
        self.row.segments_done = len(self.publisher.segments)
        self.row.available_s = self.publisher.available_s
        self.row.state = TrackState.READY if self.done else TrackState.PROCESSING
        if isinstance(self.row, Rendition):
            self._measure(self.row)
        self.row.save()

    def _measure(self, row: Rendition) -> None:
        row.progress = PERCENT if self.done else int(self.fraction * PERCENT)
        if not row.codec and self.publisher.segments:
            row.codec = playlists.codec_of(self.publisher.init())
        row.average_bps = self.publisher.average_bps or row.average_bps
        if row.name == ladder.SOURCE_NAME:
            row.peak_bps = max(row.peak_bps, self.publisher.peak_bps + AUDIO_BPS)


def plan_rows(shop: Workshop, source: Source, plan: Plan) -> None:
    """The rows of a film's tracks, made once."""
    picture = source.picture
    if picture is None or Rendition.objects.filter(video=shop.video_id).exists():
        return
    rows = [_rung_row(shop.video_id, at, rung) for at, rung in enumerate(plan.rest, 1)]
    if plan.first:
        rows.append(_rung_row(shop.video_id, len(rows) + 1, plan.first, first=True))
    else:
        rows.append(
            Rendition(
                video_id=shop.video_id, name=ladder.SOURCE_NAME, position=0, first=True,
                width=picture.width, height=picture.height,
                fps=str(picture.fps.limit_denominator(RATE_DENOMINATOR)),
                peak_bps=picture.bitrate * 2 + AUDIO_BPS,
            )
        )  # fmt: skip
    with transaction.atomic():
        Rendition.objects.bulk_create(rows)
        if not AudioTrack.objects.filter(video=shop.video_id).exists():
            _audio_rows(shop.video_id, source)


def _rung_row(video_id: UUID, position: int, rung: Rung, *, first: bool = False) -> Rendition:
    return Rendition(
        video_id=video_id, name=rung.name, position=position, first=first, width=rung.width,
        height=rung.height, fps=str(rung.fps), peak_bps=rung.max_bps + AUDIO_BPS,
    )  # fmt: skip


def _audio_rows(video_id: UUID, source: Source) -> None:
    chosen = next((s.position for s in source.sounds if s.default), None)
    if chosen is None and source.sounds:
        chosen = source.sounds[0].position
    AudioTrack.objects.bulk_create(
        AudioTrack(
            video_id=video_id, position=sound.position, language=sound.language,
            title=sound.title, default=sound.position == chosen,
        )
        for sound in source.sounds
    )  # fmt: skip


def picture_track(shop: Workshop, row: Rendition, target_s: float) -> Made:
    return _made(shop, row, row.name, target_s)


def sound_tracks(shop: Workshop) -> list[Made]:
    rows = AudioTrack.objects.filter(video=shop.video_id).exclude(state=TrackState.FAILED)
    return [_made(shop, row, f"a{row.position}", AUDIO_TARGET_S) for row in rows]


def _made(shop: Workshop, row: Rendition | AudioTrack, name: str, target_s: float) -> Made:
    local = shop.folder / name
    shutil.rmtree(local, ignore_errors=True)  # of a run of this try that failed
    local.mkdir()
    publisher = Publisher(
        shop.store, local=local, prefix=f"{hls_prefix(shop.video_id)}/{name}",
        attempt=shop.lease.attempt, target_s=target_s, between=shop.wait,
        confirm=shop.lease.confirm,
    )  # fmt: skip
    return Made(row, name, publisher)


def master_text(video: Video) -> str:
    """The master playlist of what can be played now: the first quality while it grows, the
    others when they are whole, because a player that climbs to a shorter one would stop.
    """
    shown = [
        row
        for row in video.renditions.all()
        if row.state == TrackState.READY or (row.first and row.segments_done and row.codec)
    ]
    sounds = [row for row in video.audio_tracks.all() if row.state != TrackState.FAILED]
    first_choice = next((row for row in sounds if row.default), sounds[0] if sounds else None)
    return playlists.master(
        [_variant(row) for row in shown],
        [_sound(row, default=row is first_choice) for row in sounds],
        [_subtitle(row) for row in video.subtitles.all()],
    )


def _variant(row: Rendition) -> playlists.Variant:
    return playlists.Variant(
        uri=f"{row.name}/{INDEX}", width=row.width, height=row.height, fps=Fraction(row.fps),
        codec=row.codec, peak_bps=row.peak_bps,
        average_bps=row.average_bps and row.average_bps + AUDIO_BPS,
    )  # fmt: skip


def _sound(row: AudioTrack, *, default: bool) -> playlists.Choice:
    uri = f"a{row.position}/{INDEX}"
    return playlists.Choice(uri, row.title or row.language, row.language, default=default)


def _subtitle(row: Subtitle) -> playlists.Choice:
    name = row.title or row.language or "Subtitles"
    uri = f"subtitles/{row.pk}.m3u8"
    return playlists.Choice(uri, name, row.language, default=False, forced=row.forced)


def unfinished(rows: Sequence[Rendition]) -> list[Rendition]:
    return [row for row in rows if row.state not in (TrackState.READY, TrackState.FAILED)]

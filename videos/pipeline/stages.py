"""The order of work: playable soon, then pleasant, then in every quality."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from syncwatch.lib import clock, redis
from videos import announcements, jobs, store
from videos.encoder import commands
from videos.encoder.probe import Probed, Refused, probe
from videos.models import AudioTrack, Rendition, State, TrackState, Video
from videos.pipeline import tracks
from videos.pipeline.extras import make_extras
from videos.pipeline.tracks import Made
from videos.pipeline.turns import Turn
from videos.pipeline.workshop import EncodeFailed, Work, Workshop
from videos.rules import admission, ladder, progress
from videos.rules.admission import DAMAGED, DISK_FULL
from videos.rules.ladder import Plan, Rung
from videos.selectors import video_whole
from videos.storage import hls_prefix

log = logging.getLogger(__name__)

SILENT = "This film has no sound."
SOUND_LOST = "The sound of this film could not be read."
SOME_MISSING = "Some qualities could not be made; the film plays in the others."


class Making:
    """One claim's way through the stages of one film."""

    def __init__(self, shop: Workshop) -> None:
        self.shop = shop
        self.probed: Probed
        self.plan: Plan
        self._told_ms = 0.0
        self._turn = Turn(shop.video_id)

    def prepare(self) -> None:
        """Probe, refuse or plan. Everything here is found again after a restart."""
        shop = self.shop
        shop.fetch_source()
        video = Video.objects.get(pk=shop.video_id)
        if video.state == State.QUEUED:
            shop.lease.update(state=State.PROBING)
            announcements.announce(shop.video_id)
        self.probed = probe(shop.folder, shop.lease.renew)
        self.plan = self._plan()
        tracks.plan_rows(shop, self.probed.source, self.plan)
        source, picture = self.probed.source, self.probed.source.picture
        if video.state != State.PROCESSING and picture:
            shop.lease.update(
                state=State.PROCESSING, duration=round(source.duration_s, 3), width=picture.width,
                height=picture.height, note="" if source.sounds else SILENT,
            )  # fmt: skip
            announcements.announce(shop.video_id)

    def _plan(self) -> Plan:
        """As the rules say, but a remux that failed once is not tried again, and one that was
        begun goes on, even where its key frames could not be measured this time.
        """
        rows = Rendition.objects.filter(video=self.shop.video_id)
        packed = rows.filter(name=ladder.SOURCE_NAME).exists()
        if rows.exists() and not packed:
            return ladder.plan(self.probed.source, 0)
        if packed and not self.probed.longest_gop_s:
            self.probed = replace(self.probed, longest_gop_s=ladder.LONGEST_GOP_S)
        return ladder.plan(self.probed.source, self.probed.longest_gop_s)

    # --- first: playable soon ---------------------------------------------------------------

    def first(self) -> None:
        """The picture in one quality and all the sound, side by side."""
        try:
            self._first()
        except EncodeFailed as error:
            if not self.plan.remux or error.refusal is DISK_FULL or self._is_playable():
                raise
            log.warning("video %s: remux failed, encoding instead", self.shop.video_id)
            Rendition.objects.filter(video=self.shop.video_id).delete()
            prefix = f"{hls_prefix(self.shop.video_id)}/{ladder.SOURCE_NAME}"
            self.shop.store.delete_below(prefix)
            self.plan = ladder.plan(self.probed.source, 0)
            tracks.plan_rows(self.shop, self.probed.source, self.plan)
            self._first()

    def _is_playable(self) -> bool:
        return Video.objects.filter(pk=self.shop.video_id, playable=True).exists()

    def _first(self) -> None:
        shop = self.shop
        row = Rendition.objects.get(video=shop.video_id, first=True)
        picture = tracks.picture_track(shop, row, self._first_target_s())
        sounds = tracks.sound_tracks(shop)
        works = []
        if not picture.done:
            works.append(Work(self._first_argv(picture), [picture.publisher]))
        if growing := [sound for sound in sounds if not sound.done]:
            works.append(
                Work(
                    commands.audio({sound.row.position: sound.folder for sound in growing}),
                    [sound.publisher for sound in growing],
                )
            )
        try:
            shop.supervise(works, lambda: self._watch_first(works, picture, sounds))
        except EncodeFailed:
            if not self._drop_bad_sounds(growing):
                raise
            self._first()
            return
        jobs.steadily(lambda: self._watch_first(works, picture, sounds))
        self._check_end(picture)

    def _first_target_s(self) -> float:
        return self.probed.longest_gop_s + 4 if self.plan.remux else 4

    def _first_argv(self, picture: Made) -> list[str]:
        if self.plan.first is None:
            return commands.remux(picture.folder)
        done = len(picture.publisher.segments)
        return self._encode([(self.plan.first, picture.folder)], done)

    def _encode(self, rungs: Sequence[tuple[Rung, str]], done: int) -> list[str]:
        picture = self.probed.source.picture
        interlaced = picture is not None and picture.interlaced
        return commands.video(rungs, deinterlace=interlaced, done=done)

    def _drop_bad_sounds(self, growing: Sequence[Made]) -> bool:
        """When the sound is what failed: keep the tracks that can be read alone."""
        bad = [sound for sound in growing if not self._reads_alone(sound)]
        AudioTrack.objects.filter(pk__in=[sound.row.pk for sound in bad]).update(
            state=TrackState.FAILED
        )
        if bad and len(bad) == len(growing):
            self.shop.lease.update(note=SOUND_LOST)
        return bool(bad)

    def _reads_alone(self, sound: Made) -> bool:
        try:
            self.shop.run(commands.audio_check(sound.row.position))
        except EncodeFailed:
            return False
        return True

    def _check_end(self, picture: Made) -> None:
        """Ffmpeg calls half a film a success."""
        got_s = picture.publisher.available_s
        if not got_s:
            raise EncodeFailed(DAMAGED, "no picture came out")
        if early := admission.ends_early(got_s=got_s, promised_s=self.probed.picture_s):
            # What ends early cannot be watched to its end, so nothing of it stays.
            Rendition.objects.filter(pk=picture.row.pk).update(state=TrackState.FAILED)
            raise Refused(early)

    def _watch_first(self, works: Sequence[Work], picture: Made, sounds: Sequence[Made]) -> None:
        duration_s = self.probed.source.duration_s
        reached_s = min((work.reached_s for work in works if not work.done), default=duration_s)
        picture.fraction = min(1.0, reached_s / duration_s)
        heard = [sound.as_track() for sound in sounds]
        playable = progress.is_playable(picture.as_track(), heard)
        # The master playlist is made of the rows: what is told to play stands in them.
        first_time = playable and not self._is_playable()
        for made in (picture, *sounds):
            made.record(self.shop, now=first_time)
        live = {
            "progress": progress.bar(first=picture.fraction, rest=0.0 if self.plan.rest else None),
            "available_until": progress.available_until(picture.as_track(), heard, duration_s),
        }
        self._tell(live, playable=playable, now=all(made.done for made in (picture, *sounds)))

    # --- telling --------------------------------------------------------------------------

    def _tell(self, live: dict[str, float], *, playable: bool, now: bool = False) -> None:
        """Once a second; becoming playable and (`now`) the end of a stage at once."""
        shop, now_ms = self.shop, clock.monotonic_ms()
        if playable and not self._is_playable():
            self.write_master()
            shop.lease.progressed(playable=True, **live)
            announcements.announce(shop.video_id)
            return
        if not now and now_ms - self._told_ms < tracks.RECORD_EVERY_MS:
            return
        self._told_ms = now_ms
        shop.lease.update(**live)
        try:
            store.live_set(shop.video_id, live)
        except redis.RedisError:
            log.warning("video %s: Redis is away, the row has the numbers", shop.video_id)
        announcements.announce_sometimes(shop.video_id)

    def write_master(self) -> None:
        text = tracks.master_text(video_whole(self.shop.video_id))
        self.shop.put(f"{hls_prefix(self.shop.video_id)}/master.m3u8", text.encode())

    # --- then -----------------------------------------------------------------------------

    def extras(self) -> None:
        if not Video.objects.filter(pk=self.shop.video_id, extras_done=True).exists():
            make_extras(self.shop, self.probed.source)
            self.write_master()
            announcements.announce(self.shop.video_id)

    def has_rest(self) -> bool:
        rows = Rendition.objects.filter(video=self.shop.video_id)
        return bool(tracks.unfinished(list(rows)))

    def rest(self) -> None:
        """The other qualities in one command; each alone where that fails. Raises GiveWay."""
        rows = Rendition.objects.filter(video=self.shop.video_id, first=False)
        rungs = {rung.name: rung for rung in self.plan.rest}
        pending = [(row, rungs[row.name]) for row in tracks.unfinished(list(rows))]
        if not pending:
            return
        try:
            self._encode_rungs(pending)
        except EncodeFailed as error:
            if error.refusal is DISK_FULL:
                raise
            for row, rung in reversed(pending):
                self._encode_alone(row, rung)

    def _encode_alone(self, row: Rendition, rung: Rung) -> None:
        try:
            self._encode_rungs([(row, rung)])
        except EncodeFailed as error:
            if error.refusal is DISK_FULL:
                raise
            log.warning("video %s: no %s: %s", self.shop.video_id, row.name, error)
            Rendition.objects.filter(pk=row.pk).update(state=TrackState.FAILED)

    def _encode_rungs(self, pending: Sequence[tuple[Rendition, Rung]]) -> None:
        made = [
            tracks.picture_track(self.shop, row, float(rung.segment_s)) for row, rung in pending
        ]
        if growing := [one for one in made if not one.done]:
            done = min(len(one.publisher.segments) for one in growing)
            folders = {one.row.pk: one.folder for one in growing}
            rungs = [(rung, folders[row.pk]) for row, rung in pending if row.pk in folders]
            work = Work(self._encode(rungs, done), [one.publisher for one in growing])
            self.shop.supervise([work], lambda: self._watch_rest(work, made))
        for one in made:
            jobs.steadily(partial(one.record, self.shop))

    def _watch_rest(self, work: Work, made: Sequence[Made]) -> None:
        duration_s = self.probed.source.duration_s
        fraction = 1.0 if work.done else min(1.0, work.reached_s / duration_s)
        for one in made:
            one.fraction = fraction
            one.record(self.shop)
        live = {"progress": progress.bar(first=1.0, rest=fraction), "available_until": duration_s}
        self._tell(live, playable=True)
        if not work.done:
            self._turn.look()

    def finish(self) -> None:
        """Everything is there: one last master playlist, then "ready"."""
        self.write_master()
        failed = Rendition.objects.filter(video=self.shop.video_id, state=TrackState.FAILED)
        missing = ("quality_missing", SOME_MISSING) if failed.exists() else ("", "")
        self.shop.lease.progressed(
            state=State.READY, progress=100, playable=True, error_code=missing[0],
            error_message=missing[1], retryable=bool(missing[0]), worker="", lease_until=None,
            available_until=round(self.probed.source.duration_s, 3),
        )  # fmt: skip
        jobs.forget_live(self.shop.video_id)
        announcements.announce(self.shop.video_id)

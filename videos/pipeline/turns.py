"""Whose turn it is: a film that nobody can watch yet goes before the other qualities of another."""

from uuid import UUID

from syncwatch.lib import clock
from videos import jobs

LOOK_EVERY_MS = 5_000


class GiveWay(Exception):
    """Lay this film down: another waits to be playable at all."""


class Turn:
    """Asked again and again while a film's other qualities are being made."""

    def __init__(self, video_id: UUID) -> None:
        self._video_id = video_id
        self._looked_ms = clock.monotonic_ms()
        self._waits: UUID | None = None

    def look(self) -> None:
        """Raises GiveWay for a film that was there at the last look already: one of this moment
        may have an idle worker. Of several workers only one gives way to it.
        """
        now_ms = clock.monotonic_ms()
        if now_ms - self._looked_ms < LOOK_EVERY_MS:
            return
        self._looked_ms = now_ms
        waited, self._waits = self._waits, jobs.first_in_line()
        if waited and waited == self._waits and jobs.newest_at_rest() == self._video_id:
            raise GiveWay

"""Signed addresses of a film, for one session and one place."""

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from syncwatch.lib import clock
from videos.delivery import tokens
from videos.models import AudioTrack, Subtitle, Video
from videos.store import REVOKED_S

ROOT = "/media/hls/"
TTL_MAX_S = REVOKED_S - 3600  # a revocation is remembered longer than any address lives


@dataclass(frozen=True)
class Holder:
    """Who addresses are for: a session, and the scopes under which they can be ended.

    `asked_ms` is a time before the holder's right was looked up. Addresses count as signed then,
    so a right that is taken away while they are being made ends them, too.
    """

    session_id: uuid.UUID
    asked_ms: int
    places: tuple[str, ...] = ()

    @property
    def scopes(self) -> tuple[str, ...]:
        return (session_scope(self.session_id), *self.places)


@dataclass(frozen=True)
class Folder:
    """Where everything of one film lies for one holder."""

    base: str
    expires_at: datetime.datetime

    def at(self, name: str) -> str:
        return self.base + name


def session_scope(session_id: uuid.UUID) -> str:
    return f"s-{session_id.hex}"


def film_scope(video_id: object) -> str:
    return f"v-{video_id}"


def folder_for(video: Video, holder: Holder) -> Folder:
    life_s = min(settings.HLS_TOKEN_TTL_S, TTL_MAX_S)
    expires_s = clock.server_ms() // 1000 + life_s
    token = tokens.sign(
        str(video.pk), scopes=holder.scopes, signed_ms=holder.asked_ms, expires_s=expires_s
    )
    return Folder(
        f"{settings.MEDIA_CDN_URL}{ROOT}{token}/{video.pk}/",
        datetime.datetime.fromtimestamp(expires_s, tz=datetime.UTC),
    )


def addresses(video: Video, holder: Holder) -> dict[str, Any]:
    """What a player needs of a film; null where it does not exist (yet)."""
    return addresses_in(folder_for(video, holder), video)


def poster(video: Video, holder: Holder) -> str | None:
    """The address of a film's picture; null while it has none."""
    return poster_in(folder_for(video, holder), video) if video.posters else None


def poster_in(folder: Folder, video: Video) -> str | None:
    return folder.at(f"poster-{video.poster_chosen}.jpg") if video.posters else None


def addresses_in(folder: Folder, video: Video) -> dict[str, Any]:
    return {
        "hls": folder.at("master.m3u8") if video.playable else None,
        "expires_at": folder.expires_at.isoformat(),
        "poster": poster_in(folder, video),
        "storyboard": folder.at("storyboard.vtt") if video.storyboard else None,
        "subtitles": [subtitle_wire(row, folder) for row in video.subtitles.all()],
        "audio": [audio_wire(row) for row in video.audio_tracks.all()],
    }


def posters_in(folder: Folder, video: Video) -> list[str]:
    """The pictures that a poster can be chosen from."""
    return [folder.at(f"poster-{number}.jpg") for number in range(video.posters)]


def subtitle_wire(row: Subtitle, folder: Folder) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "language": row.language,
        "title": row.title,
        "forced": row.forced,
        "url": folder.at(f"subtitles/{row.pk}.vtt"),
    }


def audio_wire(row: AudioTrack) -> dict[str, Any]:
    """Sound has no address of its own: the master playlist lists it."""
    return {
        "position": row.position,
        "language": row.language,
        "title": row.title,
        "default": row.default,
        "state": row.state,
    }

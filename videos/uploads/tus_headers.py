"""What the headers of tus say: numbers, metadata, checksums, dates."""

import base64
import binascii
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.http import http_date
from django.utils.translation import gettext

from syncwatch.lib.errors import Invalid
from videos.models import Upload

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,termination,expiration,checksum"
PIECE_TYPE = "application/offset+octet-stream"
MOST_DIGITS = 18  # what a database column can hold
METADATA_MAX_BYTES = 8192

CHECKSUMS: dict[str, Callable[[], Any]] = {
    "sha1": lambda: hashlib.sha1(usedforsecurity=False),
    "sha256": hashlib.sha256,
    "md5": lambda: hashlib.md5(usedforsecurity=False),
}


@dataclass(frozen=True)
class Promise:
    """The checksum that a piece must have."""

    algorithm: str
    digest: bytes

    def fresh(self) -> Any:
        return CHECKSUMS[self.algorithm]()


def number(headers: Mapping[str, str], name: str) -> int:
    raw = headers.get(name.lower(), "")
    if not (raw.isascii() and raw.isdecimal() and len(raw) <= MOST_DIGITS):
        words = gettext("{name} must be a number of bytes, 0 or more.").format(name=name)
        raise Invalid(words, {name: [words]})
    return int(raw)


def metadata(headers: Mapping[str, str]) -> dict[str, str]:
    """`filename ZmlsbS5tcDQ=,title …`: names with values in base64, or without any."""
    raw = headers.get("upload-metadata", "").strip()
    if len(raw) > METADATA_MAX_BYTES:
        raise _bad("Upload-Metadata", gettext("Upload-Metadata is too long."))
    found: dict[str, str] = {}
    for pair in raw.split(",") if raw else ():
        name, _, value = pair.strip().partition(" ")
        if not name or name in found:
            raise _bad(
                "Upload-Metadata", gettext("Upload-Metadata names something twice, or nothing.")
            )
        found[name] = _unpacked("Upload-Metadata", value).decode(errors="replace")
    return found


def promise(headers: Mapping[str, str]) -> Promise | None:
    """`sha1 <base64>`"""
    raw = headers.get("upload-checksum")
    if raw is None:
        return None
    algorithm, _, value = raw.strip().partition(" ")
    if algorithm not in CHECKSUMS:
        known = ", ".join(CHECKSUMS)
        raise _bad(
            "Upload-Checksum",
            gettext("This checksum is not known here. Use one of {known}.").format(known=known),
        )
    digest = _unpacked("Upload-Checksum", value)
    if len(digest) != CHECKSUMS[algorithm]().digest_size:
        raise _bad(
            "Upload-Checksum",
            gettext("This is not a checksum of {algorithm}.").format(algorithm=algorithm),
        )
    return Promise(algorithm, digest)


def _unpacked(name: str, value: str) -> bytes:
    try:
        return base64.b64decode(value.strip(), validate=True)
    except (binascii.Error, ValueError) as error:
        raise _bad(
            name, gettext("{name} holds something that is not base64.").format(name=name)
        ) from error


def _bad(name: str, words: str) -> Invalid:
    return Invalid(words, {name: [words]})


def described(upload: Upload) -> dict[str, str]:
    """The headers that say where an upload is."""
    title = base64.b64encode(upload.video.title.encode()).decode()
    return {
        "upload-offset": str(upload.offset),
        "upload-length": str(upload.length),
        "upload-expires": http_date(upload.expires_at.timestamp()),
        "upload-metadata": f"title {title}",
        "video-id": str(upload.video_id),
    }

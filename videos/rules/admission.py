"""Which files we take, and the words for those we don't."""

from collections.abc import Collection
from dataclasses import dataclass

from syncwatch.lib.text import clock_words
from videos.rules.source import Picture, Source

WIDEST, TALLEST = 8192, 4320
SHORTEST_S = 0.1
MOST_STREAMS = 32
MISSING_TAIL_S = 2.0  # a picture may end a little before the sound
MISSING_TAIL_SHARE = 0.02


@dataclass(frozen=True)
class Refusal:
    """Why a film cannot be shown. `retryable` where trying again may help."""

    code: str
    message: str
    retryable: bool = False


_SIGNS: tuple[tuple[bytes, Refusal], ...] = tuple(
    (sign, Refusal(code, words))
    for signs, code, words in (
        ((b"#EXTM3U", b"ffconcat", b"<MPD", b"v=0\r", b"v=0\n", b"[playlist]"), "playlist",
         "This is a playlist, not a film. Upload the film itself."),
        ((b"<!doctype", b"<html", b"<HTML", b"<!DOCTYPE"), "not_a_video",
         "This is a web page, not a film. Perhaps the download page was saved instead."),
        ((b"<svg", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM"), "not_a_video",
         "This is a picture, not a film."),
        ((b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b"), "not_a_video",
         "This is a packed archive. Unpack it and upload the film inside."),
        ((b"%PDF",), "not_a_video", "This is a document, not a film."),
    )
    for sign in signs
)  # fmt: skip
EMPTY = Refusal("empty_file", "The file is empty.")
UNREADABLE = Refusal("not_a_video", "This is not a film we can read. Try MP4, MKV, MOV or WebM.")
NO_INDEX = Refusal(
    "damaged", "The file is incomplete: its index is missing. It may be half a download."
)
DAMAGED = Refusal("damaged", "The file is damaged: its picture could not be decoded.")
SLOW_PROBE = Refusal(
    "too_complex", "Reading this file took too long. Convert it to MP4 and upload it again."
)
TOO_MANY_TRACKS = Refusal(
    "too_many_tracks",
    f"This file has more than {MOST_STREAMS} tracks. Keep the picture and a few sound tracks.",
)
GONE = Refusal("original_missing", "The uploaded file is gone. Please upload it again.")
LOST = Refusal(
    "interrupted", "The work was interrupted too often. Try again, or ask the operator.",
    retryable=True,
)  # fmt: skip
ENCODER = Refusal(
    "transcode_failed", "The film could not be converted. Try again, or ask the operator.",
    retryable=True,
)  # fmt: skip
DISK_FULL = Refusal(
    "storage_full", "The server's disk is full. Ask the operator to make room, then try again.",
    retryable=True,
)  # fmt: skip
STORAGE = Refusal(
    "storage_unavailable", "The server's storage does not answer. Try again later.", retryable=True
)


def by_first_bytes(head: bytes) -> Refusal | None:
    """Kinder words than "unreadable" for the usual mistakes, from how the file begins."""
    if not head:
        return EMPTY
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for sign, refusal in _SIGNS:
        if start.startswith(sign):
            return refusal
    if start.startswith(b"<?xml"):
        return _SIGNS[0][1] if b"<MPD" in start else UNREADABLE
    return None


def by_complaint(complaint: str) -> Refusal:
    """Words for what ffprobe wrote when it gave up."""
    if too_many_tracks(complaint):
        return TOO_MANY_TRACKS
    return NO_INDEX if "moov atom not found" in complaint else UNREADABLE


def too_many_tracks(complaint: str) -> bool:
    """Some versions of ffprobe go on after this, with half the tracks and none of the picture."""
    return "exceeds max_streams" in complaint


def by_contents(source: Source, *, decodable: Collection[str], longest_s: float) -> Refusal | None:
    """The first reason against a readable file, or None when it is a film we can show."""
    picture = source.picture
    if source.encrypted:
        return Refusal("protected", "This film is copy-protected and cannot be played here.")
    if picture is None:
        return _no_picture(source)
    if source.streams > MOST_STREAMS:
        return TOO_MANY_TRACKS
    return (
        _by_size(picture)
        or _by_length(source.duration_s, longest_s)
        or _by_codec(picture.codec, decodable)
    )


def _no_picture(source: Source) -> Refusal:
    if source.sounds:
        words = "There is only sound in this file. Upload a film with a picture."
        return Refusal("no_picture", words)
    return Refusal("not_a_video", "There is neither picture nor sound in this file.")


def _by_size(picture: Picture) -> Refusal | None:
    longer, shorter = sorted((picture.coded_width, picture.coded_height), reverse=True)
    if not shorter:
        return DAMAGED
    if longer > WIDEST or shorter > TALLEST:
        size = f"{picture.coded_width} × {picture.coded_height}"
        words = f"The picture is {size}; the most we show is {WIDEST} × {TALLEST}."
        return Refusal("picture_too_large", words)
    return None


def _by_length(duration_s: float, longest_s: float) -> Refusal | None:
    if duration_s > longest_s:
        words = f"The film is {clock_words(duration_s)} long; {clock_words(longest_s)} is the most."
        return Refusal("too_long", words)
    if duration_s < SHORTEST_S:
        return Refusal("too_short", "The film is shorter than a tenth of a second.")
    return None


def _by_codec(codec: str, decodable: Collection[str]) -> Refusal | None:
    if codec in decodable:
        return None
    if codec == "av1":
        words = (
            "This film is AV1, which this server cannot decode. Convert it to H.264 or VP9, "
            "or ask the operator for an ffmpeg with an AV1 decoder."
        )
    else:
        name = codec.upper() if codec not in ("", "none", "unknown") else "of an unknown kind"
        words = f"The picture is {name}, which this server cannot decode. Convert it to H.264."
    return Refusal("codec_unsupported", words)


def ends_early(*, got_s: float, promised_s: float) -> Refusal | None:
    """A truncated file: ffmpeg reads what is there and calls it a success."""
    missing_s = promised_s - got_s
    if missing_s <= max(MISSING_TAIL_S, promised_s * MISSING_TAIL_SHARE):
        return None
    at, of = clock_words(got_s), clock_words(promised_s)
    return Refusal("truncated", f"The file ends early, at {at} of {of}. It may be half a download.")

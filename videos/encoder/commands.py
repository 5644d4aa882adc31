"""Argument lists for ffmpeg and ffprobe. What was measured is said where it matters."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import ffmpeg

from syncwatch.lib import parts
from videos.rules.ladder import AUDIO_BPS, Rung

PICTURE = "V:0"  # the capital passes over cover art
SOURCE_FILE = "film"  # the neutral name of every upload in its working folder
# A list of protocols alone is not enough: ffmpeg 8.1 still read a local file through an uploaded
# .m3u8. The list of formats closes every such case. Both stand on every command.
WHITELISTS = {
    "protocol_whitelist": "file,pipe",
    "format_whitelist": "mov,matroska,webm,avi,mpegts,mpeg,flv,ogg,asf,wav,mp3,flac,aac",
    "max_streams": 32,
}
OUTPUT_OFFSET_S = 1  # room for the negative decode times of B-frames
WARM_UP_S = 5  # decoded before the point of resuming, so that the frame rate filter is settled
STORYBOARD_WIDTH, STORYBOARD_TILES = 160, 5
TEXT_BYTES = 4 * 1024**2  # of a subtitle track; a film's whole dialogue has a tenth of a megabyte
Option = str | int | float | Fraction


def _program(name: str, stream: Any, *, leading: Sequence[str] = ()) -> list[str]:
    return [parts.path(name), *leading, *stream.get_args()]


_FFMPEG = ("-nostdin", "-v", "error", "-y", "-progress", "pipe:1", "-stats_period", "0.25")


def _source(**options: Option | None) -> Any:
    return ffmpeg.input(SOURCE_FILE, **WHITELISTS, **options)


def probe(*questions: str) -> list[str]:
    limits = [part for name, value in WHITELISTS.items() for part in (f"-{name}", str(value))]
    depth = ("-probesize", "20M", "-analyzeduration", "20M")
    return [parts.path("ffprobe"), "-v", "error", *limits, *depth, *questions, SOURCE_FILE]


def _segments(folder: str, segment_s: Fraction | float, first_number: int) -> dict[str, Option]:
    return {
        "format": "hls",
        "hls_time": float(segment_s),
        "hls_list_size": 0,
        "hls_playlist_type": "event",
        "hls_segment_type": "fmp4",
        # temp_file: a segment is listed only when it is complete.
        "hls_flags": "independent_segments+temp_file",
        "hls_segment_options": "movflags=+frag_discont",
        "hls_segment_filename": f"{folder}/%05d.m4s",
        "output_ts_offset": OUTPUT_OFFSET_S,
        "start_number": first_number,
    }


def _hls(streams: Any, folder: str, **options: Option) -> Any:
    return ffmpeg.output(streams, f"{folder}/index.m3u8", **options)


def remux(folder: str) -> list[str]:
    """The picture as it is, packed anew: whole every time, it costs half a second a minute."""
    stream = _source(copyts=None, start_at_zero=None)
    out = _hls(stream[PICTURE], folder, vcodec="copy", **_segments(folder, 4, 0))
    return _program("ffmpeg", out, leading=_FFMPEG)


def audio(folders: dict[int, str]) -> list[str]:
    """Every sound track (position → folder) to stereo AAC. Never resumed in the middle:
    joining encoded audio adds 107 ms and gaps at each seam.
    """
    stream = _source(copyts=None, start_at_zero=None)
    outs = [
        _hls(
            stream[f"a:{position}"],
            folder,
            af="aresample=async=1:first_pts=0",
            acodec="aac",
            audio_bitrate=AUDIO_BPS,
            ac=2,
            ar=48000,
            **_segments(folder, 4, 0),
        )
        for position, folder in folders.items()
    ]
    return _program("ffmpeg", ffmpeg.merge_outputs(*outs), leading=_FFMPEG)


def audio_check(position: int) -> list[str]:
    """Does the beginning of this sound track decode at all?"""
    sound = ffmpeg.output(_source()[f"a:{position}"], "-", format="null", t=10)
    return _program("ffmpeg", sound, leading=_FFMPEG)


def video(rungs: Sequence[tuple[Rung, str]], *, deinterlace: bool, done: int = 0) -> list[str]:
    """Encode the rungs (rung, folder), tallest first, in one command that decodes once.

    `done` segments exist already. The output's frame grid is absolute and a segment a whole
    number of frames, so what comes after a restart has the very times it would have had.
    """
    fps, from_s = rungs[0][0].fps, rungs[0][0].segment_s * done
    seek = {"ss": _seconds(max(Fraction(0), from_s - WARM_UP_S))} if done else {}
    picture = _source(copyts=None, start_at_zero=None, **seek)[PICTURE]
    if deinterlace:
        picture = picture.filter("bwdif", mode="send_frame", deint="interlaced")
    # From zero, also after a seek: a picture that begins late stands still until then.
    picture = picture.filter("fps", str(fps), start_time=0)
    if done:
        picture = picture.filter("trim", start=_seconds(from_s))
    sizes = _scaled(picture, [rung for rung, _ in rungs])
    outs = [
        _hls(size, folder, **_x264(rung), **_segments(folder, rung.segment_s, done))
        for size, (rung, folder) in zip(sizes, rungs, strict=True)
    ]
    return _program("ffmpeg", ffmpeg.merge_outputs(*outs), leading=_FFMPEG)


def _scaled(picture: Any, rungs: Sequence[Rung]) -> Iterator[Any]:
    """Each size is made from the next larger one: less to read than from the film every time."""
    for left, rung in enumerate(rungs, 1 - len(rungs)):
        size = picture.filter("scale", rung.width, rung.height).filter("setsar", 1)
        size = size.filter("format", "yuv420p")
        if left:
            copies = size.split()
            size, picture = copies[0], copies[1]
        yield size


def _x264(rung: Rung) -> dict[str, Option]:
    """A closed group of pictures every 2 s to the frame: places to cut and to seek to."""
    group = rung.frames_per_segment // 2
    return {
        "vcodec": "libx264",
        "preset": "veryfast",
        "crf": rung.crf,
        "maxrate": rung.max_bps,
        "bufsize": rung.buffer_bits,
        "profile:v": "high",
        "g": group,
        "keyint_min": group,
        "sc_threshold": 0,
        "x264-params": "open-gop=0",
    }


def _seconds(value: Fraction) -> str:
    return f"{float(value):.6f}"


def subtitles(files: dict[int, str]) -> list[str]:
    """Text tracks (position → file) to WebVTT, in one reading of the film. What comes after the
    first megabytes of a track is left out: an upload decides how much there is.
    """
    stream = _source()
    outs = [
        ffmpeg.output(stream[f"s:{at}"], name, scodec="webvtt", fs=TEXT_BYTES)
        for at, name in files.items()
    ]
    return _program("ffmpeg", ffmpeg.merge_outputs(*outs), leading=_FFMPEG)


def still(at_s: float, name: str, *, short_side: int = 540) -> list[str]:
    """One frame near `at_s` as a JPEG."""
    size = f"if(gt(iw,ih),-2,min({short_side},iw))", f"if(gt(iw,ih),min({short_side},ih),-2)"
    picture = _source(ss=f"{at_s:.3f}")[PICTURE].filter("scale", *size).filter("setsar", 1)
    picture = picture.filter("format", "yuvj420p")
    out = ffmpeg.output(picture, name, **{"frames:v": 1, "q:v": 4, "update": 1})
    return _program("ffmpeg", out, leading=_FFMPEG)


def storyboard(every_s: float, pattern: str) -> list[str]:
    """Sheets of small pictures for scrubbing, from key frames alone."""
    tiles = f"{STORYBOARD_TILES}x{STORYBOARD_TILES}"
    picture = _source(skip_frame="nokey")[PICTURE].filter("fps", f"1/{every_s:g}")
    picture = picture.filter("scale", STORYBOARD_WIDTH, -2).filter("setsar", 1)
    picture = picture.filter("format", "yuvj420p").filter("tile", tiles)
    out = ffmpeg.output(picture, pattern, **{"q:v": 5, "start_number": 0})
    return _program("ffmpeg", out, leading=_FFMPEG)

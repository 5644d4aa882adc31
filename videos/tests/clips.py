"""Small films for the tests, made by ffmpeg when first asked for and kept until the run ends."""

import atexit
import shutil
import struct
import subprocess
import tempfile
from functools import cache
from pathlib import Path

# Bound here: a test may put another ffmpeg into syncwatch.lib.parts before its film is made.
from syncwatch.lib.parts import path as path_of_part

SECONDS = 12
GOP_25 = ("-g", "50", "-pix_fmt", "yuv420p")
H264 = ("-c:v", "libx264", "-preset", "ultrafast", *GOP_25)
# A picture that browsers do not show and that costs next to nothing to make.
MPEG4 = ("-c:v", "mpeg4", "-q:v", "6", *GOP_25)
AAC = ("-c:a", "aac", "-b:a", "64k")
SRT = (
    "1\n00:00:01,000 --> 00:00:03,000\nHello <i>there</i>\n\n"
    "2\n00:00:05,000 --> 00:00:06,500\nBye\n"
)


def _picture(size="320x180", rate="25", seconds=SECONDS):
    return ("-f", "lavfi", "-i", f"testsrc2=size={size}:rate={rate}:duration={seconds}")


def _sound(hz=440, seconds=SECONDS):
    return ("-f", "lavfi", "-i", f"sine=frequency={hz}:sample_rate=48000:duration={seconds}")


# name → what ffmpeg is told, without the name of the output.
RECIPES = {
    "h264.mp4": (*_picture(), *_sound(), *H264, *AAC, "-movflags", "+faststart"),
    "h264-late-index.mp4": (*_picture(), *_sound(), *H264, *AAC),
    "h264-b-frames.mkv": (
        *_picture(), *_sound(), "-c:v", "libx264", "-preset", "veryfast", *GOP_25, *AAC,
    ),
    "one-key-frame.mp4": (*_picture(seconds=16), *H264, "-g", "9999", "-sc_threshold", "0"),
    "tiny.mp4": (*_picture(seconds=2), *_sound(seconds=2), *H264, *AAC),
    "vp9.webm": (
        *_picture("854x480"), *_sound(), "-c:v", "libvpx-vp9", "-deadline", "realtime",
        "-cpu-used", "8", "-b:v", "400k", "-g", "100", "-c:a", "libopus", "-b:a", "64k",
    ),
    "no-sound.mp4": (*_picture(), *H264),
    "only-sound.m4a": (*_sound(), *AAC),
    "two-sounds.mkv": (
        *_picture(), *_sound(440), *_sound(880), "-i", "words.srt",
        "-map", "0:v", "-map", "1:a", "-map", "2:a", "-map", "3:s", *H264, *AAC,
        "-c:s", "srt", "-metadata:s:a:0", "language=eng", "-metadata:s:a:1", "language=deu",
        "-metadata:s:a:1", "title=Kommentar", "-metadata:s:s:0", "language=eng",
    ),
    "two-of-all.mkv": (
        *_picture("854x480"), *_sound(440), *_sound(880), "-i", "words.srt", "-i", "words.srt",
        "-map", "0:v", "-map", "1:a", "-map", "2:a", "-map", "3:s", "-map", "4:s", *MPEG4, *AAC,
        "-c:s", "srt", "-metadata:s:a:0", "language=eng", "-metadata:s:a:1", "language=deu",
        "-metadata:s:s:0", "language=eng", "-metadata:s:s:1", "language=deu",
    ),
    "odd.mkv": (
        *_picture("321x181"), *_sound(), "-c:v", "libx264", "-preset", "ultrafast",
        "-pix_fmt", "yuv444p", *AAC,
    ),
    "portrait.mkv": (*_picture("360x640", seconds=8), *_sound(seconds=8), *MPEG4, *AAC),
    "two-rungs.mkv": (*_picture("854x480"), *_sound(), *MPEG4, *AAC),
    "three-rungs.mkv": (*_picture("1280x720", seconds=6), *_sound(seconds=6), *MPEG4, *AAC),
    "television.mkv": (
        *_picture("854x480", rate="24000/1001", seconds=20), *_sound(seconds=20), *MPEG4, *AAC,
    ),
    "uneven.mkv": (  # every third picture stays for two
        *_picture("320x180", rate="30", seconds=20), *_sound(seconds=20),
        "-vf", "select=mod(n\\,3)", "-fps_mode", "passthrough", *MPEG4, *AAC,
    ),
    "interlaced.ts": (
        *_picture("320x240", rate="50", seconds=8), *_sound(seconds=8), "-vf", "interlace",
        "-c:v", "mpeg2video", "-flags", "+ilme+ildct", "-q:v", "5", "-c:a", "ac3",
    ),
    "b-frames.avi": (*_picture(), *_sound(), *MPEG4, "-bf", "2", "-c:a", "libmp3lame"),
    "fast.mkv": (*_picture(rate="120", seconds=4), *_sound(seconds=4), *H264, *AAC),
    "late-picture.mkv": (
        "-itsoffset", "6", *_picture(seconds=10), *_sound(seconds=16),
        "-fps_mode", "passthrough", *MPEG4, *AAC,
    ),
    "late-picture.mp4": (
        "-itsoffset", "3", *_picture(), *_sound(seconds=15), "-fps_mode", "passthrough",
        *H264, *AAC,
    ),
    "surround.mkv": (
        *_picture(), "-f", "lavfi", "-i", f"anoisesrc=d={SECONDS}:a=0.1", "-ac", "6",
        *H264, "-c:a", "ac3",
    ),
    "cover.jpg": (*_picture("200x200", seconds=1), "-frames:v", "1"),
    "huge.mkv": (
        "-f", "lavfi", "-i", "color=size=8192x8192:rate=1:duration=1", "-frames:v", "1",
        "-c:v", "mjpeg", "-pix_fmt", "yuvj420p",
    ),
    "month.mkv": (
        *_picture(seconds=4), "-vf", "setpts=PTS+if(gt(T\\,2)\\,2592000/TB)",
        "-fps_mode", "passthrough", "-c:v", "mjpeg", "-pix_fmt", "yuvj420p",
    ),
    "hevc10.mkv": (
        *_picture(), *_sound(), "-c:v", "libx265", "-preset", "ultrafast", "-x265-params",
        "log-level=none", "-pix_fmt", "yuv420p10le", *AAC,
    ),
    "av1.mkv": (*_picture(seconds=3), "-c:v", "libsvtav1", "-preset", "12"),
    "many-tracks.mkv": (
        *_picture(seconds=1), *_sound(seconds=1), "-map", "0:v", *("-map", "1:a") * 35,
        *MPEG4, *AAC,
    ),
}  # fmt: skip


@cache
def _folder():
    folder = Path(tempfile.mkdtemp(prefix="sw-clips-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "words.srt").write_text(SRT)
    return folder


@cache
def film(name):
    """The clip of this name. Do not write to it."""
    path = _folder() / name
    if name in RECIPES:
        ffmpeg(*RECIPES[name], name)
    else:
        path.write_bytes(DERIVED[name]())
    return path


def ffmpeg(*arguments):
    """Run ffmpeg without our limits, in the folder of the clips."""
    argv = [path_of_part("ffmpeg"), "-nostdin", "-v", "error", "-y", *arguments]
    done = subprocess.run(argv, cwd=_folder(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]


def _half(name, share=0.5):
    content = film(name).read_bytes()
    return content[: int(len(content) * share)]


def _holes(name):
    """Stretches of the content overwritten, the index left as it was."""
    content = bytearray(film(name).read_bytes())
    start = content.index(b"mdat") + 5000
    for at in range(start, len(content) - 2000, 20_000):
        content[at : at + 1000] = b"\xa5" * 1000
    return bytes(content)


def _turned(name):
    """A quarter turn in the film's header, as telephones write it."""
    content = bytearray(film(name).read_bytes())
    at = content.index(b"tkhd") + 4 + 40
    quarter = (0, 0x10000, 0, -0x10000, 0, 0, 180 << 16, 0, 0x40000000)
    content[at : at + 36] = struct.pack(">9i", *quarter)
    return bytes(content)


def _covered(source, *streams):
    ffmpeg("-i", film(source).name, "-i", film("cover.jpg").name, *streams, "-c", "copy",
           "-disposition:v:0", "attached_pic", "covered.mp4")  # fmt: skip
    return (_folder() / "covered.mp4").read_bytes()


DERIVED = {
    "half.mp4": lambda: _half("h264.mp4"),
    "half.mkv": lambda: _half("two-rungs.mkv"),
    "no-index.mp4": lambda: _half("h264-late-index.mp4"),
    "holes.mp4": lambda: _holes("h264.mp4"),
    "turned.mp4": lambda: _turned("h264.mp4"),
    "film-with-cover.mp4": lambda: _covered("h264.mp4", "-map", "1:v", "-map", "0"),
    "song-with-cover.mp4": lambda: _covered("only-sound.m4a", "-map", "0:a", "-map", "1:v"),
}

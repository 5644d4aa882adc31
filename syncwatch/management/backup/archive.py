"""The file of a backup: a plain tar whose content is checked, written and read as a stream.

| entry | is |
|---|---|
| `header.json` | format, version, migrations, what it was taken from; always the first |
| `database/0001-app.model.jsonl.gz` | a piece of a table: its columns, then a line for each row |
| `keys/NAME` | a key that the installation made itself |
| `media/KEY` | an object of the storage |
| `checksums/00001` | SHA-256 of the entries since the last one, as `sha256sum` writes them |
| `manifest.json` | how much there is, and a digest of all checksums; always the last |

Without its manifest a file is no backup.
"""

import contextlib
import fcntl
import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from syncwatch.lib import clock

FORMAT = 1
HEADER, MANIFEST, CHECKSUMS = "header.json", "manifest.json", "checksums/"
LISTED = 1000  # entries for each list of checksums, which is what has to be in memory
BLOCK_BYTES = 1024**2
OWNER_ONLY = 0o600


class ArchiveError(Exception):
    """The file is no backup, or is damaged; the text says where."""


class Hashed(io.RawIOBase):
    """Bytes on their way, counted and digested."""

    def __init__(self, content: BinaryIO) -> None:
        self._content = content
        self._digest = hashlib.sha256()
        self.count = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        try:
            data = self._content.read(size)
        except tarfile.TarError as error:
            raise ArchiveError(f"The backup is damaged: {error}.") from error
        self._digest.update(data)
        self.count += len(data)
        return data

    def hexdigest(self) -> str:
        return self._digest.hexdigest()


class Ledger:
    """The checksums of what went by; the same while writing and while reading."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.entries = self.bytes = self.lists = 0
        self._all = hashlib.sha256()

    def note(self, name: str, digest: str, count: int) -> None:
        self.lines.append(f"{digest}  {name}\n")
        self.entries += 1
        self.bytes += count

    def close_list(self) -> bytes:
        text = "".join(self.lines).encode()
        self._all.update(text)
        self.lists += 1
        self.lines.clear()
        return text

    def sums(self) -> dict[str, Any]:
        return {"entries": self.entries, "bytes": self.bytes, "digest": self._all.hexdigest()}


class Writer:
    """Entries one after the other; `finish` makes it whole."""

    def __init__(self, file: BinaryIO) -> None:
        self._tar: Any = _opened_for_writing(file)
        self._ledger = Ledger()
        self._at_s = int(clock.now().timestamp())

    def add(self, name: str, content: BinaryIO, size: int) -> None:
        hashed = Hashed(content)
        self._put(name, hashed, size)
        self._ledger.note(name, hashed.hexdigest(), size)
        if len(self._ledger.lines) >= LISTED:
            self._list()

    def add_bytes(self, name: str, data: bytes) -> None:
        self.add(name, io.BytesIO(data), len(data))

    def finish(self, facts: dict[str, Any]) -> None:
        self._list()
        text = json.dumps({**facts, **self._ledger.sums()}, indent=1).encode()
        self._put(MANIFEST, io.BytesIO(text), len(text))
        self._tar.close()

    def _list(self) -> None:
        text = self._ledger.close_list()
        self._put(f"{CHECKSUMS}{self._ledger.lists:05}", io.BytesIO(text), len(text))

    def _put(self, name: str, content: Any, size: int) -> None:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode, entry.mtime = size, OWNER_ONLY, self._at_s
        self._tar.addfile(entry, content)
        self._tar.members.clear()  # tarfile remembers every entry it ever saw


def _opened_for_writing(file: BinaryIO) -> Any:
    """Closed by `finish`: without that it is worth nothing."""
    tar: Any = tarfile.open(  # noqa: SIM115
        fileobj=file, mode="w|", format=tarfile.PAX_FORMAT, bufsize=BLOCK_BYTES
    )
    tar.copybufsize = BLOCK_BYTES
    return tar


def entries(path: Path) -> Iterator[tuple[str, Hashed]]:
    """Name and content of each entry, checked as they go by; the manifest comes last.

    Raises ArchiveError where anything is not as it was written, at the latest after the last.
    """
    ledger, last = Ledger(), ""
    with _opened(path) as tar:
        while (entry := tar.next()) is not None:
            tar.members.clear()
            inside = tar.extractfile(entry) if entry.isreg() else None
            if inside is None or last == MANIFEST:
                raise ArchiveError(f"{path}: {entry.name!r} does not belong into a backup.")
            last, content = entry.name, Hashed(inside)
            if last == MANIFEST:
                yield last, _checked_manifest(path, content, ledger)
            elif last.startswith(CHECKSUMS):
                _compare(path, ledger, content.read())
            else:
                yield last, content
                _drain(content)
                ledger.note(last, content.hexdigest(), content.count)
    if last != MANIFEST:
        raise ArchiveError(f"{path} ends in the middle: it is no whole backup.")


def _drain(content: Hashed) -> None:
    while content.read(BLOCK_BYTES):
        pass


def _compare(path: Path, ledger: Ledger, written: bytes) -> None:
    seen = list(ledger.lines)
    if ledger.close_list() == written:
        return
    expected = set(written.decode(errors="replace").splitlines(keepends=True))
    names = [line.split("  ", 1)[1].strip() for line in seen if line not in expected]
    raise ArchiveError(f"{path} is damaged: {names[0] if names else 'its list of checksums'}.")


def _checked_manifest(path: Path, content: Hashed, ledger: Ledger) -> Hashed:
    raw = content.read()
    facts = json.loads(raw)
    if ledger.lines or any(facts.get(name) != value for name, value in ledger.sums().items()):
        raise ArchiveError(f"{path} is damaged: its manifest does not fit.")
    return Hashed(io.BytesIO(raw))


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    try:
        with (
            path.open("rb") as file,
            tarfile.open(fileobj=file, mode="r|", bufsize=BLOCK_BYTES) as tar,
        ):
            yield tar
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise ArchiveError(f"{path} is no backup, or is damaged: {error}.") from error


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file that is there as a whole or not at all, whatever happens, and only its owner's.

    It grows as `NAME.part`; what a killed backup left there is written over.
    """
    part = path.with_name(f"{path.name}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT, OWNER_ONLY)
    with open(handle, "wb") as file:  # noqa: PTH123  a handle, not a path
        _hold(file, part)
        try:
            os.fchmod(handle, OWNER_ONLY)
            file.truncate(0)
            yield file
            file.flush()
            os.fsync(handle)
            part.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                part.unlink()
            raise
    _sync_folder(path.parent)


def _hold(file: BinaryIO, part: Path) -> None:
    """Only one may write it; another may have finished and renamed it since we opened it."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(file.fileno()).st_ino == part.stat().st_ino:
            return
    except (BlockingIOError, FileNotFoundError):
        pass
    raise ArchiveError(f"Another backup is writing {part}.")


def _sync_folder(folder: Path) -> None:
    """So that the new name outlives a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

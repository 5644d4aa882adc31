"""Films in object storage: one small interface over Django's default storage.

A folder and an S3 bucket answer alike: `put` replaces whole objects at once, so that nobody ever
reads half a playlist.
"""

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, cached_property
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from django.core.files.storage import FileSystemStorage, storages

from syncwatch.lib import bucket
from syncwatch.lib.ids import b32
from videos.rules import admission
from videos.rules.admission import Refusal

DELETE_BATCH = 1000
CHUNK_BYTES = 1024**2
NO_SPACE = (28, 122, 27)  # ENOSPC, EDQUOT, EFBIG
MISSING_CODES = ("404", "NoSuchKey", "NoSuchUpload", "NotFound")


class StorageError(Exception):
    """The storage said no; `refusal` has words for people."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(str(cause))
        full = isinstance(cause, OSError) and cause.errno in NO_SPACE
        self.refusal: Refusal = admission.DISK_FULL if full else admission.STORAGE


class MissingError(StorageError):
    """There is no such object."""


class ObjectStore(Protocol):
    """What this app asks of a storage. Keys are relative, with slashes."""

    def put(self, key: str, content: bytes | Path) -> None: ...
    def read(self, key: str, start: int = 0, length: int | None = None) -> bytes: ...
    def size(self, key: str) -> int: ...
    def keys(self, prefix: str) -> list[str]: ...
    def delete(self, key: str) -> None: ...
    def delete_below(self, prefix: str) -> int: ...
    def fetch(self, key: str, to: Path, each: Callable[[], object]) -> None: ...


@contextmanager
def told() -> Iterator[None]:
    """Every fault of a storage as one of ours."""
    try:
        yield
    except FileNotFoundError as error:
        raise MissingError(error) from error
    except OSError as error:
        raise StorageError(error) from error
    except bucket.faults() as error:
        missing = bucket.code_of(error) in MISSING_CODES
        raise (MissingError if missing else StorageError)(error) from error


class Folder:
    """A folder on this machine (or a network mount)."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, key: str) -> Path:
        """Refuses a key that would leave the folder."""
        path = (self.root / key).resolve()
        if not path.is_relative_to(self.root.resolve()):
            raise MissingError(FileNotFoundError(key))
        return path

    def put(self, key: str, content: bytes | Path) -> None:
        path = self.path(key)
        with told():
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_name(f".{path.name}.{b32(6)}")
            try:
                if isinstance(content, bytes):
                    fresh.write_bytes(content)
                else:
                    shutil.copyfile(content, fresh)
                fresh.replace(path)
            finally:
                fresh.unlink(missing_ok=True)

    def read(self, key: str, start: int = 0, length: int | None = None) -> bytes:
        with told(), self.path(key).open("rb") as file:
            file.seek(start)
            return file.read(-1 if length is None else length)

    def size(self, key: str) -> int:
        path = self.path(key)
        if not path.is_file():
            raise MissingError(FileNotFoundError(key))
        return path.stat().st_size

    def keys(self, prefix: str) -> list[str]:
        below = self.path(prefix)
        return sorted(str(p.relative_to(self.root)) for p in below.rglob("*") if p.is_file())

    def sizes(self, prefix: str) -> Iterator[tuple[str, int]]:
        """Every key below with its bytes, one after the other, however many there are."""
        for folder, _, names in os.walk(self.path(prefix)):
            for path in (Path(folder) / name for name in sorted(names)):
                with contextlib.suppress(FileNotFoundError):  # went meanwhile
                    yield path.relative_to(self.root).as_posix(), path.stat().st_size

    @contextmanager
    def opened(self, key: str) -> Iterator[tuple[BinaryIO, int]]:
        """To read in pieces, and how many bytes it has; it stays what it is while it is open."""
        with told():
            file = self.path(key).open("rb")
        with file:
            yield file, os.fstat(file.fileno()).st_size

    def put_stream(self, key: str, content: BinaryIO) -> None:
        path = self.path(key)
        with told():
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_name(f".{path.name}.{b32(6)}")
            try:
                with fresh.open("wb") as file:
                    shutil.copyfileobj(content, file, CHUNK_BYTES)
                fresh.replace(path)
            finally:
                fresh.unlink(missing_ok=True)

    def delete(self, key: str) -> None:
        with told():
            self.path(key).unlink(missing_ok=True)

    def delete_below(self, prefix: str) -> int:
        count = len(self.keys(prefix))
        with told():
            if self.path(prefix).exists():
                shutil.rmtree(self.path(prefix))
        return count

    def fetch(self, key: str, to: Path, each: Callable[[], object]) -> None:
        """A second name for the file: nothing is copied."""
        path = self.path(key)
        with told():
            path.stat()
            try:
                os.link(path, to)
            except OSError:  # another file system
                to.symlink_to(path)
        each()


class Bucket:
    """A bucket behind django-storages' S3Storage."""

    def __init__(self, storage: Any) -> None:
        self.storage = storage

    @property
    def name(self) -> str:
        return str(self.storage.bucket_name)

    @cached_property
    def client(self) -> Any:
        """One for all threads, as boto3 allows: the storage would make one for each."""
        return self.storage.connection.meta.client

    def put(self, key: str, content: bytes | Path) -> None:
        with told():
            if isinstance(content, bytes):
                self.client.put_object(Bucket=self.name, Key=key, Body=content)
            else:
                self.client.upload_file(str(content), self.name, key)

    def read(self, key: str, start: int = 0, length: int | None = None) -> bytes:
        if length == 0:
            return b""
        end = "" if length is None else start + length - 1
        whole = start == 0 and length is None
        asked = {} if whole else {"Range": f"bytes={start}-{end}"}
        with told():
            answer = self.client.get_object(Bucket=self.name, Key=key, **asked)
            return bytes(answer["Body"].read())

    def size(self, key: str) -> int:
        with told():
            return int(self.client.head_object(Bucket=self.name, Key=key)["ContentLength"])

    def keys(self, prefix: str) -> list[str]:
        with told():
            pages = self.client.get_paginator("list_objects_v2").paginate(
                Bucket=self.name, Prefix=f"{prefix.rstrip('/')}/"
            )
            return [item["Key"] for page in pages for item in page.get("Contents", ())]

    def sizes(self, prefix: str) -> Iterator[tuple[str, int]]:
        with told():
            pages = self.client.get_paginator("list_objects_v2").paginate(
                Bucket=self.name, Prefix=f"{prefix.rstrip('/')}/"
            )
            for page in pages:
                yield from ((item["Key"], item["Size"]) for item in page.get("Contents", ()))

    @contextmanager
    def opened(self, key: str) -> Iterator[tuple[BinaryIO, int]]:
        with told():
            answer = self.client.get_object(Bucket=self.name, Key=key)
        with contextlib.closing(answer["Body"]) as body:
            yield body, int(answer["ContentLength"])

    def put_stream(self, key: str, content: BinaryIO) -> None:
        """In parts, one at a time: no more than two of them are in memory."""
        from boto3.s3.transfer import TransferConfig

        one_by_one = TransferConfig(use_threads=False)
        with told():
            self.client.upload_fileobj(content, self.name, key, Config=one_by_one)

    def unfinished(self) -> Iterator[tuple[str, str]]:
        """Multipart uploads that nobody completed so far: key and id."""
        with told():
            pages = self.client.get_paginator("list_multipart_uploads").paginate(Bucket=self.name)
            for page in pages:
                for each in page.get("Uploads", ()):
                    yield each["Key"], each["UploadId"]

    def abandon(self, key: str, multipart_id: str) -> None:
        with told():
            self.client.abort_multipart_upload(Bucket=self.name, Key=key, UploadId=multipart_id)

    def delete(self, key: str) -> None:
        with told():
            self.client.delete_object(Bucket=self.name, Key=key)

    def delete_below(self, prefix: str) -> int:
        keys = self.keys(prefix)
        for start in range(0, len(keys), DELETE_BATCH):
            batch = [{"Key": key} for key in keys[start : start + DELETE_BATCH]]
            with told():
                answer = self.client.delete_objects(Bucket=self.name, Delete={"Objects": batch})
                if refused := answer.get("Errors"):  # told within an answer of 200
                    raise OSError(f"{len(refused)} objects stay, the first: {refused[0]}")
        return len(keys)

    def fetch(self, key: str, to: Path, each: Callable[[], object]) -> None:
        """Copy the object to a local file; `each` is called every MiB or so."""
        with told(), to.open("wb") as file:
            body = self.client.get_object(Bucket=self.name, Key=key)["Body"]
            for chunk in body.iter_chunks(CHUNK_BYTES):
                file.write(chunk)
                each()


def store() -> Folder | Bucket:
    """The storage of this installation."""
    storage = storages["default"]
    if isinstance(storage, FileSystemStorage):
        return Folder(Path(storage.location))
    return _bucket(storage)


@cache
def _bucket(storage: Any) -> Bucket:
    return Bucket(storage)


def original_key(video_id: object) -> str:
    """Originals lie apart from what is delivered, and are never delivered."""
    return f"originals/{video_id}"


def hls_prefix(video_id: object) -> str:
    return f"hls/{video_id}"

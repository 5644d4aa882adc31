"""Where uploaded bytes go as they arrive: a growing file, or the parts of a bucket's object.

Everything here blocks; the ASGI application calls it in threads. What a sink has stored for sure is
said by `state`, written to the Upload row, and taken up from there by the next request.
"""

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from videos.models import Upload
from videos.storage import Bucket, Folder, MissingError, original_key, store, told

PART_BYTES = 8 * 1024**2  # S3 refuses parts under 5 MiB, but for the last one


@dataclass(frozen=True)
class SinkState:
    """What is safely stored."""

    offset: int
    multipart_id: str = ""
    parts: list[dict[str, Any]] = field(default_factory=list)


class Sink(Protocol):
    """Bytes of one upload, in order. `state` is what is stored so far, `pause` keeps the rest too;
    `settle` says that the row knows this offset, so that what was kept for an earlier one may go.
    """

    def write(self, data: bytes) -> None: ...
    def state(self) -> SinkState: ...
    def pause(self) -> SinkState: ...
    def settle(self, offset: int) -> None: ...
    def complete(self) -> None: ...
    def close(self) -> None: ...


class FileSink:
    """A file beside the originals, renamed when it is whole."""

    def __init__(self, folder: Folder, upload: Upload) -> None:
        self._path = folder.path(part_key(upload))
        self._final = folder.path(original_key(upload.video_id))
        with told():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            os.ftruncate(self._file, upload.offset)
            os.lseek(self._file, 0, os.SEEK_END)
        self._offset = upload.offset

    def write(self, data: bytes) -> None:
        view = memoryview(data)
        with told():
            while view:
                count = os.write(self._file, view)
                self._offset += count
                view = view[count:]

    def state(self) -> SinkState:
        with told():
            os.fsync(self._file)
        return SinkState(self._offset)

    def pause(self) -> SinkState:
        return self.state()

    def settle(self, offset: int) -> None:
        """Nothing is kept twice."""

    def complete(self) -> None:
        self.pause()
        with told():
            self._final.parent.mkdir(parents=True, exist_ok=True)
            self._path.replace(self._final)

    def close(self) -> None:
        os.close(self._file)


class BucketSink:
    """A multipart upload. What is too small for a part waits in an object of its own."""

    def __init__(self, bucket: Bucket, upload: Upload) -> None:
        self._bucket, self._key = bucket, original_key(upload.video_id)
        self._tails = part_key(upload)
        self._parts: list[dict[str, Any]] = list(upload.parts)
        self._multipart_id = upload.multipart_id or self._begin()
        self._stored = sum(part["size"] for part in self._parts)
        self._waiting = bytearray()
        self._tail = ""
        if upload.offset > self._stored:
            self._tail = self._tail_key(upload.offset)
            self._waiting += bucket.read(self._tail)

    def _begin(self) -> str:
        with told():
            begun = self._bucket.client.create_multipart_upload(
                Bucket=self._bucket.name, Key=self._key
            )
        return str(begun["UploadId"])

    def write(self, data: bytes) -> None:
        self._waiting += data
        while len(self._waiting) >= PART_BYTES:
            self._send(bytes(self._waiting[:PART_BYTES]))
            del self._waiting[:PART_BYTES]

    def _send(self, part: bytes) -> None:
        number = len(self._parts) + 1
        with told():
            sent = self._bucket.client.upload_part(
                Bucket=self._bucket.name, Key=self._key, UploadId=self._multipart_id,
                PartNumber=number, Body=part,
            )  # fmt: skip
        self._parts.append({"number": number, "etag": sent["ETag"], "size": len(part)})
        self._stored += len(part)

    def state(self) -> SinkState:
        return SinkState(self._stored, self._multipart_id, list(self._parts))

    def pause(self) -> SinkState:
        """Keep the remainder, too. The tail of before goes when the row knows the new one."""
        state = self.state()
        if not self._waiting:
            return state
        offset = self._stored + len(self._waiting)
        if self._tail != self._tail_key(offset):
            self._bucket.put(self._tail_key(offset), bytes(self._waiting))
        return SinkState(offset, state.multipart_id, state.parts)

    def settle(self, offset: int) -> None:
        if self._tail and self._tail != self._tail_key(offset):
            self._bucket.delete(self._tail)
            self._tail = ""

    def _tail_key(self, offset: int) -> str:
        return f"{self._tails}/{offset}"

    def complete(self) -> None:
        if self._waiting or not self._parts:
            self._send(bytes(self._waiting))
            self._waiting.clear()
        listed = [{"PartNumber": part["number"], "ETag": part["etag"]} for part in self._parts]
        with told():
            self._bucket.client.complete_multipart_upload(
                Bucket=self._bucket.name, Key=self._key, UploadId=self._multipart_id,
                MultipartUpload={"Parts": listed},
            )  # fmt: skip
        self._bucket.delete_below(self._tails)

    def close(self) -> None:
        self._waiting.clear()


def part_key(upload: Upload) -> str:
    return f"uploads/{upload.pk}"


def open_sink(upload: Upload) -> Sink:
    """Go on where the row says that we are."""
    objects = store()
    return FileSink(objects, upload) if isinstance(objects, Folder) else BucketSink(objects, upload)


def safe_offset(upload: Upload) -> int:
    """How far we really are: a machine that lost power may have lost the end of a file."""
    objects = store()
    if not isinstance(objects, Folder):
        return upload.offset
    try:
        return min(upload.offset, objects.size(part_key(upload)))
    except MissingError:
        return 0


def is_whole(upload: Upload) -> bool:
    """True when the object is complete, even if we died before we could write that down."""
    try:
        return store().size(original_key(upload.video_id)) == upload.length
    except MissingError:
        return False


def abort(upload: Upload) -> None:
    """Remove what was stored of an unfinished upload; harmless for a finished one."""
    objects = store()
    if isinstance(objects, Folder):
        objects.delete(part_key(upload))
        return
    objects.delete_below(part_key(upload))
    if upload.multipart_id and upload.finished_at is None:
        try:
            with told():
                objects.client.abort_multipart_upload(
                    Bucket=objects.name,
                    Key=original_key(upload.video_id),
                    UploadId=upload.multipart_id,
                )
        except MissingError:
            return


def discard_original(upload: Upload) -> None:
    """The film was deleted while its last bytes came."""
    store().delete(original_key(upload.video_id))


def free_bytes() -> int | None:
    """Room left in a folder; None for a bucket, which has no end."""
    objects = store()
    if not isinstance(objects, Folder):
        return None
    root = objects.root
    while not root.exists():
        root = root.parent
    return shutil.disk_usage(Path(root)).free

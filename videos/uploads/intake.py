"""One upload on its way into storage. All of it blocks; the doors call it in threads."""

from typing import Any

from django.utils.translation import gettext

from syncwatch.lib.errors import ApiError, NotFound, register
from videos.models import Upload, Video
from videos.uploads import services, sinks
from videos.uploads.sinks import SinkState

SAVE_EVERY_BYTES = 32 * 1024**2  # what a killed server costs a sender at most

CHECKSUM_MISMATCH = register(
    "checksum_mismatch", status=460, when="The bytes of a request are not those it promised.",
    recover="Send the same piece again; nothing of it was kept.",
)  # fmt: skip


class Intake:
    """Takes bytes in order; `most` is where the upload must end and `past` what is said then.

    With a `digest` nothing is kept before `verify` has found the bytes to be the promised ones.
    """

    def __init__(
        self, upload: Upload, *, most: int, past: ApiError, digest: Any | None = None
    ) -> None:
        self.upload, self.offset = upload, upload.offset
        self._most, self._past, self._digest = most, past, digest
        self._sink = sinks.open_sink(upload)
        begun = self._sink.state()
        if begun.multipart_id != upload.multipart_id:  # whoever cleans up must know it
            services.upload_advance(
                upload=upload, state=SinkState(upload.offset, begun.multipart_id, begun.parts)
            )

    @property
    def keeps_pieces(self) -> bool:
        """False where a piece counts whole or not at all."""
        return self._digest is None

    def write(self, data: bytes) -> None:
        if self.offset + len(data) > self._most:
            raise self._past
        if self._digest is not None:
            self._digest.update(data)
        self._sink.write(data)
        self.offset += len(data)
        if self.keeps_pieces and self.offset - self.upload.offset >= SAVE_EVERY_BYTES:
            self.save()

    def save(self) -> None:
        """Write down what is stored for sure so far."""
        state = self._sink.state()
        if state.offset > self.upload.offset:
            services.upload_advance(upload=self.upload, state=state)
            self._sink.settle(state.offset)

    def verify(self, promised: bytes) -> None:
        if self._digest is not None and self._digest.digest() != promised:
            raise ApiError(CHECKSUM_MISMATCH, gettext("This piece arrived damaged. Send it again."))

    def stop(self) -> None:
        """The end of a request: keep everything, and finish the film if it is all there."""
        if self.offset == self.upload.length:
            self.finish()
            return
        state = self._sink.pause()
        services.upload_advance(upload=self.upload, state=state)
        self._sink.settle(state.offset)

    def finish(self) -> Video:
        self._sink.complete()
        try:
            return services.upload_finish(upload=self.upload, size=self.offset)
        except NotFound:
            sinks.discard_original(self.upload)
            raise

    def close(self) -> None:
        self._sink.close()

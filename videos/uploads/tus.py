"""`/api/uploads/`: resumable upload by tus 1.0.0, core and the extensions that OPTIONS lists."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing

from django.conf import settings
from django.utils.translation import gettext

from accounts.auth import authenticate_scope
from accounts.models import User
from syncwatch.lib import rate
from syncwatch.lib.errors import INVALID, ApiError, Conflict, Unavailable, register
from videos import access
from videos.models import Upload
from videos.storage import StorageError
from videos.uploads import services, tus_headers
from videos.uploads.intake import Intake
from videos.uploads.locks import Lock, held
from videos.uploads.threads import in_thread, while_renewing
from videos.uploads.tus_headers import PIECE_TYPE, VERSION
from videos.uploads.wire import CHUNK_BYTES, Call, Gone

PREFIX = "/api/uploads/"
IDLE_S = 25.0  # shorter than a lock lives: what a silent sender has sent is kept in time
METHODS = "OPTIONS, POST, HEAD, PATCH, DELETE"
ACCEPTED = (
    "Authorization, Content-Type, Tus-Resumable, Upload-Length, Upload-Offset, Upload-Metadata, "
    "Upload-Checksum, X-HTTP-Method-Override, X-Requested-With, X-CSRFToken"
)
REMEMBERED_S = "86400"

UNSUPPORTED_VERSION = register(
    "unsupported_version", status=412, when="A request speaks another version of tus, or none.",
    recover="Send Tus-Resumable: 1.0.0.",
)  # fmt: skip
OFFSET_MISMATCH = register(
    "offset_mismatch", status=409, when="A piece does not begin where the upload has arrived.",
    recover="Ask for the offset by HEAD and go on from there.",
)  # fmt: skip


async def serve(call: Call) -> None:
    call.idle_s = IDLE_S
    call.standing["tus-resumable"] = VERSION
    if call.method == "OPTIONS":
        await _capabilities(call)
        return
    if call.headers.get("tus-resumable") != VERSION:
        call.standing["tus-version"] = VERSION
        raise ApiError(
            UNSUPPORTED_VERSION,
            gettext("Send {header}.").format(header=f"Tus-Resumable: {VERSION}"),
        )
    user = await authenticate_scope(call.scope)
    upload_id = call.scope["path"].removeprefix(PREFIX.rstrip("/")).strip("/")
    doors = ON_ONE if upload_id else ON_ALL
    if call.method not in doors:
        call.standing["allow"] = ", ".join(["OPTIONS", *doors])
        raise ApiError(INVALID, gettext("This cannot be done here."), status=405)
    try:
        await doors[call.method](call, user, upload_id)
    except Gone:
        raise Unavailable(
            gettext("Nothing came for a while. Go on from the offset you are told.")
        ) from None


async def _capabilities(call: Call) -> None:
    """What we can do, and the answer to a browser that asks before calling from another site."""
    lines = {
        "tus-version": VERSION,
        "tus-extension": tus_headers.EXTENSIONS,
        "tus-max-size": str(settings.MAX_UPLOAD_BYTES),
        "tus-checksum-algorithm": ",".join(tus_headers.CHECKSUMS),
    }
    if call.is_listed_origin:
        lines["access-control-allow-methods"] = METHODS
        lines["access-control-allow-headers"] = ACCEPTED
        lines["access-control-max-age"] = REMEMBERED_S
    await call.answer(204, lines)


async def _create(call: Call, user: User, _: str) -> None:
    await rate.check("uploads", str(user.pk))
    length = tus_headers.number(call.headers, "Upload-Length")
    told = tus_headers.metadata(call.headers)
    if call.has_body:
        _require_piece(call)
    upload = await in_thread(
        services.upload_create,
        owner=user,
        title=told.get("title", ""),
        file_name=told.get("filename") or told.get("name", ""),
        length=length,
    )
    if call.has_body:
        await _first_piece(call, upload)
    location = {"location": f"{PREFIX}{upload.pk}"}
    await call.answer(201, {**tus_headers.described(upload), **location})


async def _first_piece(call: Call, upload: Upload) -> None:
    """Nobody knows the address of an upload whose creation failed, so nothing of it stays."""
    try:
        async with held(upload.pk) as lock:
            await _append(call, upload, lock)
    except BaseException:
        await in_thread(services.upload_discard, upload=upload)
        raise


async def _tell(call: Call, user: User, upload_id: str) -> None:
    await rate.check("api_read", str(user.pk))
    upload = await in_thread(services.upload_resume, owner=user, upload_id=upload_id)
    await call.answer(200, tus_headers.described(upload))


async def _patch(call: Call, user: User, upload_id: str) -> None:
    if (call.content_length or 0) < CHUNK_BYTES:  # many small pieces cost more than their bytes
        await rate.check("api_read", str(user.pk))
    _require_piece(call)
    offset = tus_headers.number(call.headers, "Upload-Offset")
    known = await in_thread(access.upload_for, user, upload_id)
    async with held(known.pk) as lock:
        upload = await in_thread(services.upload_resume, owner=user, upload_id=upload_id)
        if offset != upload.offset:
            call.standing["upload-offset"] = str(upload.offset)
            words = gettext("This upload is at byte {here}, not at {there}.").format(
                here=upload.offset, there=offset
            )
            raise Conflict(OFFSET_MISMATCH, words)
        await _append(call, upload, lock)
    await call.answer(204, tus_headers.described(upload))


async def _delete(call: Call, user: User, upload_id: str) -> None:
    await rate.check("api_write", str(user.pk))
    known = await in_thread(access.upload_for, user, upload_id)
    async with held(known.pk):
        await in_thread(services.upload_drop, upload=known)
    await call.answer(204)


def _require_piece(call: Call) -> None:
    if call.headers.get("content-type", "").partition(";")[0].strip().lower() != PIECE_TYPE:
        raise ApiError(
            INVALID, gettext("Send pieces as {kind}.").format(kind=PIECE_TYPE), status=415
        )


async def _append(call: Call, upload: Upload, lock: Lock) -> None:
    """Add the body to what is stored."""
    length = upload.length or 0
    past = ApiError(
        services.TOO_LARGE,
        gettext("This upload was announced with {length} bytes and got more.").format(
            length=length
        ),
    )
    if upload.offset + (call.content_length or 0) > length:
        raise past
    if upload.finished_at is not None:
        return
    promise = tus_headers.promise(call.headers)
    intake = await in_thread(
        Intake, upload, most=length, past=past, digest=promise.fresh() if promise else None
    )
    try:
        await _pour(call, intake, lock)
        if promise:
            await in_thread(intake.verify, promise.digest)
        await _stop(intake, lock)
    finally:
        await in_thread(intake.close)


async def _pour(call: Call, intake: Intake, lock: Lock) -> None:
    """What had come before a cut is kept, unless it was to be checked as a whole."""
    try:
        async with aclosing(call.chunks()) as chunks:
            async for chunk in chunks:
                await lock.keep()
                await while_renewing(lock, intake.write, chunk)
    except (Gone, asyncio.CancelledError):
        if intake.keeps_pieces:
            await _stop(intake, lock)
        raise
    except StorageError:
        if intake.keeps_pieces:
            await in_thread(intake.save)
        raise


async def _stop(intake: Intake, lock: Lock) -> None:
    await lock.keep()
    await while_renewing(lock, intake.stop)


Door = Callable[[Call, User, str], Awaitable[None]]
ON_ALL: dict[str, Door] = {"POST": _create}
ON_ONE: dict[str, Door] = {"HEAD": _tell, "PATCH": _patch, "DELETE": _delete}

"""`POST /api/videos/`: a whole film in one form, for clients that cannot resume."""

from contextlib import aclosing

from django.utils.translation import gettext
from python_multipart.multipart import parse_options_header

from accounts.auth import authenticate_scope
from syncwatch.lib import rate
from syncwatch.lib.errors import INVALID, ApiError, register
from videos.models import Video
from videos.uploads.form import Form
from videos.uploads.threads import in_thread
from videos.uploads.wire import Call, Gone

PATH = "/api/videos/"

SILENT = register(
    "sender_silent", status=408, when="The bytes of a form stopped coming. Nothing was kept.",
    recover="Send it again, or upload by tus, which resumes.",
)  # fmt: skip


async def receive(call: Call) -> None:
    user = await authenticate_scope(call.scope)
    boundary = _boundary(call)
    await rate.check("uploads", str(user.pk))
    form = await in_thread(Form, boundary, user, call.content_length)
    try:
        video = await _read(call, form)
    finally:
        await in_thread(form.close)
    await call.answer_json(
        202,
        {"videoId": str(video.pk), "id": str(video.pk), "title": video.title, "state": video.state},
        {"location": f"{PATH}{video.pk}/", "video-id": str(video.pk)},
    )


async def _read(call: Call, form: Form) -> Video:
    try:
        async with aclosing(call.chunks()) as chunks:
            async for chunk in chunks:
                await in_thread(form.feed, chunk)
    except Gone:
        raise ApiError(
            SILENT, gettext("The rest of the file did not come. Send it again.")
        ) from None
    return await in_thread(form.finish)


def _boundary(call: Call) -> bytes:
    kind, options = parse_options_header(call.headers.get("content-type", ""))
    boundary = options.get(b"boundary", b"")
    if kind != b"multipart/form-data" or not boundary:
        words = gettext("Send the film as multipart/form-data in a field named file.")
        raise ApiError(INVALID, words, status=415)
    return boundary

"""Uploads before Django: their bodies go to storage as they arrive; all other requests pass by."""

import logging
from collections.abc import Awaitable, Callable

from django.utils.translation import gettext

from accounts import origin
from syncwatch.lib.api import as_api_error
from syncwatch.lib.errors import SERVER_ERROR, ApiError, Malformed, NotFound
from videos import access
from videos.errors import storage_refusal
from videos.storage import MissingError, StorageError
from videos.uploads import simple, tus
from videos.uploads.wire import Call, Receive, Scope, Send

log = logging.getLogger(__name__)

App = Callable[[Scope, Receive, Send], Awaitable[None]]
Door = Callable[[Call], Awaitable[None]]


class UploadApp:
    """Takes what brings films and hands the rest on."""

    def __init__(self, rest: App) -> None:
        self._rest = rest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        door = _door(scope)
        if door is None:
            await self._rest(scope, receive, send)
            return
        call = Call(scope, receive, send)
        try:
            _require_host(scope)
            await door(call)
        except Exception as error:  # noqa: BLE001  the last one to turn a fault into an answer
            await _refuse(call, error)


def _door(scope: Scope) -> Door | None:
    path = str(scope["path"])
    if path == simple.PATH and scope["method"] == "POST":
        return simple.receive
    if path.startswith(tus.PREFIX) or path == tus.PREFIX.rstrip("/"):
        return tus.serve
    return None


def _require_host(scope: Scope) -> None:
    if not origin.host_of(origin.headers_of(scope)):
        raise Malformed(gettext("This server does not go by that name."))


async def _refuse(call: Call, error: Exception) -> None:
    refusal = _translated(error)
    if refusal is None:
        log.error("an upload broke", exc_info=error)
        refusal = ApiError(SERVER_ERROR, gettext("Something broke on our side. It is in the log."))
    if not call.answered:
        await call.refuse(refusal)


def _translated(error: Exception) -> ApiError | None:
    if isinstance(error, MissingError):  # the film was deleted while its bytes came
        return NotFound(access.NO_UPLOAD)
    if isinstance(error, StorageError):
        log.warning("an upload is refused: %s", error)
        return storage_refusal(error)
    return as_api_error(error)

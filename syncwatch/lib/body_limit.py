"""No request fills the disk: Django spools a body whole before any view may refuse it."""

import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.utils.translation import gettext

from syncwatch.lib.errors import ApiError, register

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

MAX_BYTES = 4 * 1024**2  # subtitles, the largest thing that comes this way, may have 2 MiB
BODY_TOO_LARGE = register(
    "body_too_large", status=413, when="The body of a request is larger than any that makes sense.",
    recover="Send less. Films go to /api/uploads/.",
)  # fmt: skip


class BodyLimit:
    """Refuses by the declared length, and hangs up on bodies that say nothing and go on and on."""

    def __init__(self, app: App, max_bytes: int = MAX_BYTES) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if _declared(scope) > self._max_bytes:
            await _refuse(send)
            return
        await self._app(scope, self._counted(receive), send)

    def _counted(self, receive: Receive) -> Receive:
        taken = 0

        async def counted() -> MutableMapping[str, Any]:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            return message if taken <= self._max_bytes else {"type": "http.disconnect"}

        return counted


def _declared(scope: Scope) -> int:
    lengths = [value for name, value in scope["headers"] if name == b"content-length"]
    return int(lengths[0]) if lengths and lengths[0].isdigit() else 0


async def _refuse(send: Send) -> None:
    error = ApiError(BODY_TOO_LARGE, gettext("This is too much at once: 4 MB is the most."))
    body = json.dumps({"error": error.as_dict()}).encode()
    headers = [(b"content-type", b"application/json"), (b"connection", b"close"),
               (b"content-length", str(len(body)).encode())]  # fmt: skip
    await send({"type": "http.response.start", "status": error.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})

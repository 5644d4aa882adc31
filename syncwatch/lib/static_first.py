"""Static files before Django: they need nothing of it but the headers that are told here.

A room loads some two hundred modules. Through Django each of them walks the whole chain of
middleware and changes threads on the way; what WhiteNoise found at the start is answered here
directly.
"""

from http import HTTPStatus
from typing import Any

from whitenoise.middleware import WhiteNoiseMiddleware

from syncwatch.lib.body_limit import App, Receive, Scope, Send

# What WhiteNoise asks of a request, and how ASGI calls it.
_ASKED = {
    b"accept-encoding": "HTTP_ACCEPT_ENCODING",
    b"if-none-match": "HTTP_IF_NONE_MATCH",
    b"if-modified-since": "HTTP_IF_MODIFIED_SINCE",
    b"range": "HTTP_RANGE",
}
_NOSNIFF = (b"x-content-type-options", b"nosniff")  # a file is what we say it is


class StaticFirst:
    """Answers files that WhiteNoise knows, and hands on everything else."""

    def __init__(self, rest: App, files: dict[str, Any] | None = None) -> None:
        self._rest = rest
        self._files = WhiteNoiseMiddleware().files if files is None else files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        file = self._files.get(scope["path"])
        if file is None:
            await self._rest(scope, receive, send)
            return
        asked = {_ASKED[name]: value.decode("latin-1") for name, value in scope["headers"]
                 if name in _ASKED}  # fmt: skip
        await _answer(file.get_response(scope["method"], asked), send)


async def _answer(response: Any, send: Send) -> None:
    """Read at once: our own files are small, and a thread for each costs more than it saves."""
    body = b""
    if response.file is not None:
        with response.file:
            body = response.file.read()
    headers = [_NOSNIFF]
    headers += [(name.lower().encode("latin-1"), value.encode("latin-1"))
               for name, value in response.headers]  # fmt: skip
    if response.status == HTTPStatus.METHOD_NOT_ALLOWED:
        headers.append((b"content-length", b"0"))
    await send({"type": "http.response.start", "status": int(response.status), "headers": headers})
    await send({"type": "http.response.body", "body": body})

"""Uploads against the real ASGI application, driven message by message: bodies come in pieces."""

import asyncio
import base64
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

WAIT_S = 60
MIB = 1024**2
FILM = bytes(range(256)) * 4096  # 1 MiB


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes = b""

    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The code of a refusal, after checking that it has the one shape."""
        error = self.json()["error"]
        assert set(error) <= {"code", "message", "fields", "retry_after"}
        assert error["message"].endswith(".")
        return error["code"]


class Request:
    """One request under way. `piece` sends some of its body, `end` the last, `cut` hangs up."""

    def __init__(self, method: str, path: str, headers: dict[str, str]) -> None:
        from syncwatch.asgi import application

        self._incoming: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._out: list[dict[str, Any]] = []
        self._unread = asyncio.Event()
        self._unread.set()
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "http",
            "method": method, "path": path, "raw_path": path.encode(), "query_string": b"",
            "root_path": "", "client": ("127.0.0.1", 4000), "server": ("localhost", 80),
            "headers": [(name.lower().encode(), value.encode())
                        for name, value in {"host": "localhost", **headers}.items()],
        }  # fmt: skip
        self.task = asyncio.create_task(application(scope, self._receive, self._send))

    async def _receive(self) -> dict[str, Any]:
        if self._incoming.empty():
            self._unread.set()
        message = await self._incoming.get()
        if message["type"] == "http.disconnect":
            self._incoming.put_nowait(message)  # gone is gone, however often one asks
        return message

    async def _send(self, message: dict[str, Any]) -> None:
        self._out.append(message)

    async def piece(self, body: bytes, *, more: bool = True) -> None:
        self._unread.clear()
        self._incoming.put_nowait({"type": "http.request", "body": body, "more_body": more})

    async def taken(self) -> None:
        """Everything sent so far has been read and worked on."""
        async with asyncio.timeout(WAIT_S):
            await self._unread.wait()

    async def end(self, body: bytes = b"") -> Answer:
        await self.piece(body, more=False)
        return await self.answer()

    async def cut(self) -> Answer | None:
        self._incoming.put_nowait({"type": "http.disconnect"})
        return await self.answer()

    async def answer(self) -> Answer | None:
        async with asyncio.timeout(WAIT_S):
            await self.task
        return self.so_far()

    def so_far(self) -> Answer | None:
        if not self._out:
            return None
        start, *bodies = self._out
        headers = {name.decode(): value.decode() for name, value in start["headers"]}
        return Answer(start["status"], headers, b"".join(m.get("body", b"") for m in bodies))


@dataclass
class Uploader:
    """One person's client. `headers` go with every request."""

    headers: dict[str, str] = field(default_factory=dict)

    def begin(self, method: str, path: str, length: int | None = None, **headers: str) -> Request:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if length is not None:
            sent["content-length"] = str(length)
        return Request(method, path, {**self.headers, **sent})

    async def __call__(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        return await self.begin(method, path, len(body), **headers).end(body)

    # --- one form ---
    async def form(self, *parts: bytes, **headers: str) -> Answer:
        body = form_of(*parts)
        return await self("POST", "/api/videos/", body, **{"content_type": FORM_TYPE, **headers})

    # --- tus ---
    def tus(self, method: str, path: str, length: int | None = None, **headers: str) -> Request:
        return self.begin(method, path, length, **{"tus_resumable": "1.0.0", **headers})

    async def create(self, length: int | str, **headers: str) -> Answer:
        return await self.tus("POST", "/api/uploads/", upload_length=str(length), **headers).end()

    async def created(self, length: int, **headers: str) -> str:
        answer = await self.create(length, **headers)
        assert answer.status == 201, answer.body
        return answer.headers["location"]

    async def patch(self, path: str, offset: int | str, body: bytes, **headers: str) -> Answer:
        return await self.patching(path, offset, len(body), **headers).end(body)

    def patching(
        self, path: str, offset: int | str, length: int | None = None, **headers: str
    ) -> Request:
        piece = {"content_type": "application/offset+octet-stream", "upload_offset": str(offset)}
        return self.tus("PATCH", path, length, **{**piece, **headers})

    async def head(self, path: str) -> Answer:
        return await self.tus("HEAD", path).end()

    async def offset(self, path: str) -> int:
        answer = await self.head(path)
        assert answer.status == 200
        return int(answer.headers["upload-offset"])


FORM_TYPE = "multipart/form-data; boundary=line"


def part(name: str, content: bytes, file_name: str | None = None) -> bytes:
    named = f'; filename="{file_name}"' if file_name is not None else ""
    head = f'Content-Disposition: form-data; name="{name}"{named}\r\n'
    kind = "Content-Type: video/mp4\r\n" if file_name is not None else ""
    return head.encode() + kind.encode() + b"\r\n" + content + b"\r\n"


def form_of(*parts: bytes) -> bytes:
    return b"".join(b"--line\r\n" + each for each in parts) + b"--line--\r\n"


def metadata(**values: str) -> str:
    pairs = (f"{name} {base64.b64encode(v.encode()).decode()}" for name, v in values.items())
    return ",".join(pairs)


def promised(body: bytes, algorithm: str = "sha1") -> str:
    """The checksum that a sender announces with a piece."""
    digest = hashlib.new(algorithm, body).digest()
    return f"{algorithm} {base64.b64encode(digest).decode()}"

"""A file that is written while it is read, whichever server asks."""

from collections.abc import AsyncIterator, Iterator

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import StreamingHttpResponse
from rest_framework.request import Request


def streamed(
    request: Request, parts: Iterator[str], *, content_type: str, name: str
) -> StreamingHttpResponse:
    """`parts` as a file to save. Never whole in memory: an evening is short, a year is not."""
    asks_async = isinstance(request._request, ASGIRequest)  # noqa: SLF001  DRF's own way to it
    answer = StreamingHttpResponse(
        _awaited(parts) if asks_async else parts, content_type=content_type
    )
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


async def _awaited(parts: Iterator[str]) -> AsyncIterator[str]:
    """In a thread, some at a time: a hop for each line would be most of the work."""
    while some := await sync_to_async(_some)(parts):
        yield some


def _some(parts: Iterator[str]) -> str:
    taken = []
    for part in parts:
        taken.append(part)
        if len(taken) == 500:  # noqa: PLR2004  about 100 KB of chat
            break
    return "".join(taken)

"""A file that is written while it is read, whichever server asks."""

from collections.abc import AsyncIterator, Iterator
from typing import AnyStr

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import StreamingHttpResponse
from rest_framework.request import Request

AT_ONCE = 500  # about 100 KB of chat


def streamed(
    request: Request,
    parts: Iterator[AnyStr],
    *,
    content_type: str,
    name: str,
    at_once: int = AT_ONCE,
) -> StreamingHttpResponse:
    """`parts` as a file to save. Never whole in memory: an evening is short, a year is not."""
    asks_async = isinstance(request._request, ASGIRequest)  # noqa: SLF001  DRF's own way to it
    answer = StreamingHttpResponse(
        _awaited(parts, at_once) if asks_async else parts, content_type=content_type
    )
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


async def _awaited(parts: Iterator[AnyStr], at_once: int) -> AsyncIterator[AnyStr]:
    """In a thread, some at a time: a hop for each line would be most of the work."""
    while (some := await sync_to_async(_some)(parts, at_once)) is not None:
        yield some


def _some(parts: Iterator[AnyStr], at_once: int) -> AnyStr | None:
    taken: list[AnyStr] = []
    for part in parts:
        taken.append(part)
        if len(taken) == at_once:
            break
    return taken[0][:0].join(taken) if taken else None

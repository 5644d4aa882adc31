"""What orchestrators and monitors ask: alive, ready, and numbers."""

import threading
from collections.abc import Callable

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from syncwatch.lib import metrics as numbers
from syncwatch.lib import redis
from syncwatch.lib.client_ip import client_ip

PATIENCE_S = 3.0
LOOPBACK = frozenset({"127.0.0.1", "::1"})


def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers. Nothing else is asked."""
    return JsonResponse({"status": "ok", "version": settings.VERSION})


def _database() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        connection.close()  # this thread's own


def _redis() -> None:
    redis.sync().ping()


def _storage() -> None:
    default_storage.exists("ready")


PARTS: dict[str, Callable[[], None]] = {
    "database": _database, "redis": _redis, "storage": _storage,
}  # fmt: skip


def readyz(request: HttpRequest) -> JsonResponse:
    """Every dependency by name; 503 while one is away."""
    parts = {name: _state(ask) for name, ask in PARTS.items()}
    if all(state == "ok" for state in parts.values()):
        return JsonResponse({"ready": True, "parts": parts})
    return JsonResponse({"ready": False, "parts": parts}, status=503, headers={"Retry-After": "2"})


def _state(ask: Callable[[], None]) -> str:
    """`ok`, or what is the matter. A storage far away may take minutes to give up; we do not."""
    heard: list[str] = []

    def listen() -> None:
        try:
            ask()
            heard.append("ok")
        except Exception as error:  # noqa: BLE001  whatever it is, it is not ready
            heard.append(type(error).__name__)

    asking = threading.Thread(target=listen, daemon=True)
    asking.start()
    asking.join(PATIENCE_S)
    return heard[0] if heard else "no answer"


def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text, for this machine only; a proxy in front decides who else may read it."""
    if client_ip(request) not in LOOPBACK:
        return HttpResponse(status=404)
    return HttpResponse(numbers.render(), content_type="text/plain; version=0.0.4")

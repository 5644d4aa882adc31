"""The composition root: HTTP, uploads and the sockets behind one ASGI application."""

import os
from typing import Any

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "syncwatch.settings")


async def no_such_socket(scope: Any, receive: Any, send: Any) -> None:
    """A socket address that nobody serves: the handshake is refused (403)."""
    await receive()
    await send({"type": "websocket.close"})


def build() -> Any:
    """Django first: everything else needs its app registry."""
    django_app: Any = get_asgi_application()

    from channels.routing import ProtocolTypeRouter, URLRouter
    from django.urls import path, re_path

    from rooms.gateway.consumer import RoomConsumer
    from rooms.gateway.process import Lifespan
    from rooms.me.consumer import MeConsumer
    from syncwatch.lib.body_limit import BodyLimit
    from syncwatch.lib.languages import Speaking
    from syncwatch.lib.static_first import StaticFirst
    from syncwatch.realtime import MODULES
    from videos.uploads.asgi import UploadApp

    sockets = [
        path("ws/me/", MeConsumer.as_asgi(modules=MODULES)),
        path("ws/rooms/<str:code>/", RoomConsumer.as_asgi(modules=MODULES)),
        re_path(r"", no_such_socket),  # type: ignore[arg-type]  # an ASGI application, as Channels wants
    ]
    return ProtocolTypeRouter(
        {
            "http": StaticFirst(Speaking(UploadApp(BodyLimit(django_app)))),
            "websocket": Speaking(URLRouter(sockets)),
            "lifespan": Lifespan(MODULES),
        }
    )


application = build()

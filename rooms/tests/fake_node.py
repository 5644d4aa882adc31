"""The gateway with the made-up modules as an application of its own, for another process."""

import os
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "syncwatch.settings")
django.setup()


def build() -> Any:
    from channels.routing import ProtocolTypeRouter, URLRouter
    from django.core.asgi import get_asgi_application
    from django.urls import path

    from rooms.gateway.consumer import RoomConsumer
    from rooms.gateway.process import Lifespan
    from rooms.tests.fake_modules import LightEvents, SlowEvents

    modules = (LightEvents(), SlowEvents())
    rooms = path("ws/rooms/<str:code>/", RoomConsumer.as_asgi(modules=modules))
    return ProtocolTypeRouter(
        {
            "http": get_asgi_application(),
            "websocket": URLRouter([rooms]),
            "lifespan": Lifespan(modules),
        }
    )


application = build()

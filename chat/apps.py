"""The chat app: what people say to each other in a room."""

from django.apps import AppConfig


class ChatConfig(AppConfig):
    name = "chat"
    verbose_name = "Chat"

    def ready(self) -> None:
        from accounts import own_data
        from chat import own, receivers  # noqa: F401  receivers hear what people do

        own_data.register("chat", export=own.export, erase=own.erase)

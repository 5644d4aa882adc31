"""The chat app: what people say to each other in a room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class ChatConfig(AppConfig):
    name = "chat"
    verbose_name = gettext_lazy("Chat")

    def ready(self) -> None:
        from accounts import own_data
        from accounts import upkeep as people_upkeep
        from chat import own, receivers, upkeep  # noqa: F401  receivers hear what people do
        from rooms import idle

        own_data.register(
            "chat", export=own.export, erase=own.erase, about=own.ABOUT, forget=own.forget
        )
        people_upkeep.register("chat", needed=upkeep.needed, belongings=upkeep.belongings)
        idle.register("chat", upkeep.rooms_alive)

"""The rooms app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class RoomsConfig(AppConfig):
    name = "rooms"
    verbose_name = gettext_lazy("Rooms")

    def ready(self) -> None:
        from accounts import invited, own_data, suspension
        from accounts import presence as friends_presence
        from accounts import upkeep as people_upkeep
        from rooms import idle, own, people_changes, presence, selectors, upkeep
        from rooms.evenings import receivers  # noqa: F401  hears who leaves
        from rooms.evenings import upkeep as evenings_upkeep

        _ = people_changes  # hears of names and pictures

        own_data.register(
            "rooms", export=own.export, erase=own.erase, about=own.ABOUT, forget=own.forget
        )
        people_upkeep.register("rooms", needed=upkeep.needed, belongings=upkeep.belongings)
        suspension.register(own.suspended)
        invited.register(selectors.opens_a_door)
        friends_presence.register(presence.members_among)
        idle.register("evenings", evenings_upkeep.rooms_with_plans)

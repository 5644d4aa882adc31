"""The playback app: the timeline everybody follows, and the queue of what comes next."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class PlaybackConfig(AppConfig):
    name = "playback"
    verbose_name = gettext_lazy("Playback")

    def ready(self) -> None:
        from accounts import own_data
        from accounts import upkeep as people_upkeep
        from playback import evenings, left_off, own, receivers, upkeep  # noqa: F401  receivers hear of others
        from rooms import idle
        from rooms.evenings import films as evening_films
        from rooms.places import left_off as rooms_left_off
        from videos import upkeep as video_upkeep

        own_data.register("playback", export=own.export, erase=own.erase, about=own.ABOUT)
        people_upkeep.register("playback", needed=upkeep.needed, belongings=upkeep.belongings)
        idle.register("playback", upkeep.rooms_alive)
        rooms_left_off.register(left_off.left_off)
        evening_films.register(evenings.film_on_list)
        video_upkeep.register_uses("playback", upkeep.film_uses)

"""The playback app: the timeline everybody follows, and the queue of what comes next."""

from django.apps import AppConfig


class PlaybackConfig(AppConfig):
    name = "playback"
    verbose_name = "Playback"

    def ready(self) -> None:
        from accounts import own_data
        from playback import own, receivers  # noqa: F401  receivers hear of videos and rooms

        own_data.register("playback", export=own.export, erase=own.erase)

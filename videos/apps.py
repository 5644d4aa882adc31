"""The video service: upload, transcoding, HLS delivery."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class VideosConfig(AppConfig):
    name = "videos"
    verbose_name = gettext_lazy("Videos")

    def ready(self) -> None:
        from accounts import own_data
        from accounts import upkeep as people_upkeep
        from videos import own, upkeep
        from videos.delivery import revocation  # noqa: F401  hears of sessions and films that end

        own_data.register("videos", export=own.export, erase=own.erase, about=own.ABOUT)
        people_upkeep.register("videos", needed=upkeep.needed, belongings=upkeep.belongings)

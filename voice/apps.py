"""The voice service: how browsers of one room find each other for talking."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class VoiceConfig(AppConfig):
    name = "voice"
    verbose_name = gettext_lazy("Voice")

    def ready(self) -> None:
        from voice import receivers  # noqa: F401  receivers hear of rooms

"""The voice service: how browsers of one room find each other for talking."""

from django.apps import AppConfig


class VoiceConfig(AppConfig):
    name = "voice"
    verbose_name = "Voice"

    def ready(self) -> None:
        from voice import receivers  # noqa: F401  receivers hear of rooms

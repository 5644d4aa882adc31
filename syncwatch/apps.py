"""The composition root as a Django app: it brings template tags and operators' commands."""

from django.apps import AppConfig
from django.conf import settings


class SyncWatchConfig(AppConfig):
    name = "syncwatch"
    verbose_name = "SyncWatch"

    def ready(self) -> None:
        from syncwatch import checks  # noqa: F401  registers the system checks
        from syncwatch.lib.database import keep_connections

        keep_connections()

        if settings.DEBUG:  # elsewhere `serve`, the image and the tests do this themselves
            from syncwatch.management.words import compiled

            compiled.ensure()

"""The Celery application: workers and beat start here."""

import logging.config
import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "syncwatch.settings")

app = Celery("syncwatch")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def log_as_everybody(**_: Any) -> None:
    """Celery would put handlers of its own in place of ours, which blacken secrets."""
    from django.conf import settings

    logging.config.dictConfig(settings.LOGGING)

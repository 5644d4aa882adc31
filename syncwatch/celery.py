"""The Celery application: workers and beat start here."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "syncwatch.settings")

app = Celery("syncwatch")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

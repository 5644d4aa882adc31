"""SyncWatch: composition root on top, shelf of helpers below; nothing of the domain."""

from syncwatch.celery import app as celery_app

__all__ = ["celery_app"]

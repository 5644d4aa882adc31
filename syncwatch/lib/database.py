"""Which database connections outlive the work they were opened for."""

from typing import Any

from asgiref.sync import SyncToAsync
from django.conf import settings
from django.db import connection
from django.db.backends.signals import connection_created


def keep_while_its_thread_lives(*, connection: Any, **_: Any) -> None:
    """Every request has a thread of its own, which ends with it, and gives its connection back. All
    sockets of a process share one thread that stays; opening anew for each of their hops was a
    third of what a room of eight costs. What broke is found by its error and opened anew.
    """
    if SyncToAsync.thread_sensitive_context.get(None) is None:
        connection.close_at = None


def keep_connections() -> None:
    connection_created.connect(keep_while_its_thread_lives, dispatch_uid="keep")


def keep_spare_ones() -> None:
    """For processes that answer requests; opening one for each is most of what a cheap one costs
    PostgreSQL, and half of what it costs us. SQLite opens a file.
    """
    if connection.vendor == "postgresql":
        from syncwatch.lib.postgresql.spare import spare

        spare.keep(settings.DATABASE_SPARE)

"""On PostgreSQL the threads that live as long as the run keep their connections between tests.

As the product runs, each query from the loop opens one and closes it: 25 new processes of
PostgreSQL for one test of a socket, and four fifths of what the server did.
"""

import threading

from asgiref.sync import SyncToAsync
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper
from django.test import TransactionTestCase


def keep_connections() -> None:
    connect = DatabaseWrapper.connect

    def connect_for_long(self):
        connect(self)
        if _lives_on(threading.current_thread()):
            self.close_at = None  # as with CONN_MAX_AGE=None: only a broken one is opened anew

    DatabaseWrapper.connect = connect_for_long
    TransactionTestCase._should_reload_connections = lambda _self: (
        connection.vendor != "postgresql" or connection.errors_occurred
    )


def _lives_on(thread: threading.Thread) -> bool:
    """The main thread, and the one in which asgiref runs what a loop asks of the database."""
    return (
        thread is threading.main_thread() or thread in SyncToAsync.single_thread_executor._threads
    )

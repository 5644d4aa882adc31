"""On PostgreSQL the main thread keeps its connection between tests too, unless it broke.

`TransactionTestCase` opens it anew after each: a new process of PostgreSQL, with a cold catalogue.
"""

from django.db import connection
from django.test import TransactionTestCase


def keep_connections() -> None:
    TransactionTestCase._should_reload_connections = lambda _self: (
        connection.vendor != "postgresql" or connection.errors_occurred
    )

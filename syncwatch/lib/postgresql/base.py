"""The wrapper that Django asks for by the name of this package (`ENGINE`)."""

from typing import Any

from django.db.backends.postgresql import base
from psycopg import IsolationLevel
from psycopg.pq import TransactionStatus

from syncwatch.lib.postgresql.spare import spare


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes a spare connection before it opens one, and lays a sound one aside before it closes it.
    All of a process go to the same database: spare ones are not told apart.
    """

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        taken = spare.take()
        if taken is None:
            return super().get_new_connection(conn_params)
        self.isolation_level = taken.isolation_level or IsolationLevel.READ_COMMITTED
        return taken

    def _close(self) -> None:
        if self.connection is not None and self._is_sound() and spare.put(self.connection):
            self.connection = None
        else:
            super()._close()  # type: ignore[misc]  # the stubs leave it out

    def _is_sound(self) -> bool:
        """Nothing of whoever used it sticks to it, such as the cursor of a file nobody read on."""
        if self.errors_occurred or self._named_cursor_idx:
            return False
        status = self.connection.pgconn.transaction_status
        return self.connection.autocommit and status == TransactionStatus.IDLE

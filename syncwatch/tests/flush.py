"""What a transactional test leaves behind is emptied; what migrations made stays."""

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management.commands import flush

# Django makes them anew after every flush, row by row: a third of the time of such tests.
KEPT = {ContentType._meta.db_table, Permission._meta.db_table}


def keep_what_migrations_made() -> None:
    """Content types and permissions survive the flush, so nobody needs to be told of one."""
    flush.sql_flush = _sql_flush
    flush.emit_post_migrate_signal = lambda *_args, **_options: None


def _sql_flush(style, connection, reset_sequences=True, allow_cascade=False):
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    emptied = [table for table in tables if table not in KEPT]
    if connection.vendor == "postgresql" and not reset_sequences:
        return _deletes(style, connection, emptied)
    return connection.ops.sql_flush(
        style, emptied, reset_sequences=reset_sequences, allow_cascade=allow_cascade
    )


def _deletes(style, connection, tables):
    """For a handful of rows: TRUNCATE makes new files for every table and index."""
    quote = connection.ops.quote_name
    return [
        "SET LOCAL session_replication_role = replica;",  # no triggers, no order of references
        *(f"{style.SQL_KEYWORD('DELETE FROM')} {quote(table)};" for table in tables),
    ]

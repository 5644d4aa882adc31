"""Lets the test runner empty the audit between transactional tests, on SQLite."""

import importlib

from django.db.backends.sqlite3.base import DatabaseWrapper

# By way of the backend: loaded first on its own, where another database is in use, it is a circle.
DatabaseOperations = DatabaseWrapper.ops_class
triggers = importlib.import_module("accounts.migrations.0002_audit_append_only")


def let_flush_pass() -> None:
    """SQLite flushes by DELETE, which the audit's trigger refuses: put it aside meanwhile."""
    original = DatabaseOperations.sql_flush
    if getattr(original, "lets_audit_go", False):
        return

    def sql_flush(self, style, tables, **options):
        statements = original(self, style, tables, **options)
        if not statements or "accounts_auditentry" not in tables:
            return statements
        return [*triggers.SQLITE_BACK, *statements, *triggers.SQLITE]

    sql_flush.lets_audit_go = True
    DatabaseOperations.sql_flush = sql_flush

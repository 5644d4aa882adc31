"""The tables themselves: which migrations made them, taking them away, making them again."""

from pathlib import Path

from django.apps import apps
from django.apps.registry import Apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from syncwatch.management.backup.tables import TableError

Leaves = dict[str, str]


def leaves() -> Leaves:
    """App → its newest migration in this code."""
    return dict(MigrationExecutor(connection).loader.graph.leaf_nodes())


def pending() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def unknown(wanted: Leaves) -> list[str]:
    """Migrations of a backup that this code does not have: it is older than the backup."""
    graph = MigrationExecutor(connection).loader.graph
    return [f"{app}.{name}" for app, name in wanted.items() if (app, name) not in graph.nodes]


def build(wanted: Leaves) -> Apps:
    """Empty tables as they were when the backup was taken; answers their models."""
    drop()
    executor = MigrationExecutor(connection)
    targets = list(wanted.items())
    state = executor.migrate(targets)
    return state.apps


def bring_up_to_date() -> None:
    call_command("migrate", verbosity=0, interactive=False)


def drop() -> None:
    """Every table of ours, and what belongs to it."""
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        connection.close()
        for ending in ("", "-wal", "-shm"):
            Path(f"{name}{ending}").unlink(missing_ok=True)
        return
    if connection.vendor != "postgresql":
        raise TableError(f"A backup cannot go into {connection.display_name}.")
    with transaction.atomic(), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(_prefixes()):
                cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)} CASCADE")
        cursor.execute(
            "SELECT oid::regprocedure::text, proname FROM pg_proc "
            "WHERE pronamespace = current_schema()::regnamespace"
        )
        for signature, name in cursor.fetchall():
            if name.startswith(_prefixes()):
                cursor.execute(f"DROP FUNCTION {signature} CASCADE")


def _prefixes() -> tuple[str, ...]:
    """Others may have tables in the same database: only ours begin so."""
    return ("django_", *(f"{config.label}_" for config in apps.get_app_configs()))

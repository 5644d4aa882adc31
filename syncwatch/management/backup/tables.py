"""Every table as lines of JSON, and back: the same from and into SQLite and PostgreSQL."""

import gzip
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import msgspec
from django.apps import apps as current_apps
from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

ROWS_READ = 2_000
PIECE_BYTES = 4 * 1024**2
ROWS_WRITTEN = 500
Model = type[models.Model]


class TableError(Exception):
    """What was dumped does not fit the tables here."""


@dataclass(frozen=True)
class Piece:
    """Some rows of one table, packed."""

    label: str
    rows: int
    packed: bytes


def facts(model: Model) -> Any:
    """What Django knows of a table; documented under this very name."""
    return model._meta  # noqa: SLF001


def manager(model: Model) -> Any:
    """All rows, whatever an app's own manager shows."""
    return model._base_manager  # noqa: SLF001  the same


def kept_models(registry: Any = current_apps) -> list[Model]:
    """All tables, those between two others too."""
    found = registry.get_models(include_auto_created=True)
    return [model for model in found if facts(model).managed and not facts(model).proxy]


@contextmanager
def snapshot() -> Iterator[None]:
    """Everything read within is as it was at one moment, and nobody who writes has to wait."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    # `atomic` would take SQLite's one place for writers, as the settings say.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def pieces(model: Model) -> Iterator[Piece]:
    """A table in pieces that fit into memory. An empty one has none."""
    columns = [field.attname for field in facts(model).concrete_fields]
    encode = msgspec.json.Encoder().encode
    head = encode({"model": facts(model).label_lower, "columns": columns})
    lines, size, rows = [head], 0, 0
    listed = manager(model).order_by("pk").values_list(*columns)
    for row in listed.iterator(chunk_size=ROWS_READ):
        line = encode(row)
        lines.append(line)
        size, rows = size + len(line), rows + 1
        if size >= PIECE_BYTES:
            yield _packed(model, lines, rows)
            lines, size, rows = [head], 0, 0
    if rows:
        yield _packed(model, lines, rows)


def _packed(model: Model, lines: list[bytes], rows: int) -> Piece:
    return Piece(facts(model).label_lower, rows, gzip.compress(b"\n".join(lines), 6, mtime=0))


def empty_tables(registry: Apps) -> None:
    """What migrations may have put there: the dump brings it along."""
    with connection.cursor() as cursor:
        for model in kept_models(registry):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(facts(model).db_table)}")  # noqa: S608


def load(registry: Apps, packed: bytes) -> tuple[str, int]:
    """Write one piece; answers its table and how many rows. Call it within a transaction: only
    its end asks whether everything that is pointed to is there.
    """
    lines = gzip.decompress(packed).split(b"\n")
    head = msgspec.json.decode(lines[0])
    model = _model_of(registry, head)
    readers = [_reader(model, name) for name in head["columns"]]
    decode = msgspec.json.Decoder(list[Any]).decode
    for start in range(1, len(lines), ROWS_WRITTEN):
        rows = []
        for line in lines[start : start + ROWS_WRITTEN]:
            values = [read(value) for read, value in zip(readers, decode(line), strict=True)]
            rows.append(model(**dict(zip(head["columns"], values, strict=True))))
        manager(model).bulk_create(rows)
    return head["model"], len(lines) - 1


def _model_of(registry: Apps, head: dict[str, Any]) -> Model:
    try:
        model = registry.get_model(head["model"])
    except LookupError:
        raise TableError(f"There is no table {head['model']} here.") from None
    ours = {field.attname for field in facts(model).concrete_fields}
    if ours != set(head["columns"]):
        raise TableError(f"The columns of {head['model']} are not those of the backup.")
    return model


def _reader(model: Model, attname: str) -> Callable[[Any], Any]:
    by_name = {field.attname: field for field in facts(model).concrete_fields}
    return by_name[attname].to_python


def sequences_reset(registry: Apps) -> None:
    """The next row of a table that counts gets a number nobody has."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), kept_models(registry)):
            cursor.execute(statement)


def have_rows(names: Sequence[Model]) -> list[str]:
    """Those of these tables that exist and are not empty."""
    there = set(connection.introspection.table_names())
    present = [model for model in names if facts(model).db_table in there]
    return [facts(model).label_lower for model in present if _has_row(model)]


def _has_row(model: Model) -> bool:
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(facts(model).db_table)
        cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608  a name of our own
        return cursor.fetchone() is not None

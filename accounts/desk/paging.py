"""How many rows a staff list has, without counting all of them at every look."""

from typing import Any

from django.core.paginator import Paginator
from django.db import connections
from django.db.models import QuerySet
from django.utils.functional import cached_property

from accounts.desk.leads import meta

COUNTED_MAX = 10_000  # of what was searched or filtered; whoever has more narrows it down


class CheapPaginator(Paginator):
    """All rows: what PostgreSQL itself believes there are, once it has looked, and exactly below
    `COUNTED_MAX`. A part of them: counted up to `COUNTED_MAX` and no further.
    """

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        if not rows.query.where:
            return all_rows(rows)
        return rows.order_by()[:COUNTED_MAX].count()


def all_rows(rows: QuerySet[Any]) -> int:
    connection = connections[rows.db]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            table = connection.ops.quote_name(meta(rows.model).db_table)
            cursor.execute(
                "SELECT reltuples::bigint FROM pg_class WHERE oid = %s::regclass", [table]
            )
            (believed,) = cursor.fetchone()
        if believed > COUNTED_MAX:
            return int(believed)
    return rows.order_by().count()

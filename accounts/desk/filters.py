"""Filters of staff lists: a fixed choice each, and none that reads a whole table to offer it."""

from collections.abc import Mapping
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise


class Choice(SimpleListFilter):
    """`choices_of` maps a word of the address to what people read and to the rows it leaves."""

    choices_of: Mapping[str, tuple[str | Promise, Q]] = {}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[Any]:
        return [(word, read) for word, (read, _) in self.choices_of.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.choices_of.get(self.value() or "")
        return queryset.filter(chosen[1]) if chosen else queryset

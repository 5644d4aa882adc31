"""Links between staff pages. The apps above add what they know of a thing below."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

NOTHING = "–"


@dataclass(frozen=True)
class Lead:
    """From a thing's page to a list of what belongs to it: `key` is the lookup that names it."""

    words: str | Promise
    to: type[Model]
    key: str
    more: str = ""  # further parameters of the list, such as "state=all"


def meta(model: type[Model] | Model) -> Any:
    return model._meta  # noqa: SLF001  Django's documented way to a model's names


_leads: dict[type[Model], list[Lead]] = {}


def lead(start: type[Model], *found: Lead) -> None:
    """Call it from the `admin.py` of the app that owns what it leads to."""
    _leads.setdefault(start, []).extend(found)


def leads_from(thing: Model, may: Callable[[str], bool]) -> list[tuple[str | Promise, str]]:
    """Words and address of each list that this person may look at."""
    return [
        (each.words, _address(each, thing))
        for each in _leads.get(type(thing), [])
        if may(f"{meta(each.to).app_label}.view_{meta(each.to).model_name}")
    ]


def _address(found: Lead, thing: Model) -> str:
    asked = urlencode({found.key: thing.pk}) + (f"&{found.more}" if found.more else "")
    return f"{list_of(found.to)}?{asked}"


def label(model: type[Model]) -> str:
    """As the names of addresses spell it."""
    return f"{meta(model).app_label}_{meta(model).model_name}"


def list_of(model: type[Model]) -> str:
    return reverse(f"admin:{label(model)}_changelist")


def page_of(model: type[Model] | str, pk: Any) -> str:
    """The address of a thing's page; a string names the model of an app above: "app_model"."""
    name = model if isinstance(model, str) else label(model)
    return reverse(f"admin:{name}_change", args=[pk])


@admin.display(description="")
def link(thing: Model | None, words: object = None) -> SafeString | str:
    """To a thing's page, in a list or on a page."""
    if thing is None:
        return NOTHING
    try:
        address = page_of(type(thing), thing.pk)
    except NoReverseMatch:
        return str(words or thing)
    return format_html('<a href="{}">{}</a>', address, str(words or thing) or NOTHING)

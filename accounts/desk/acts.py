"""Acts of staff: each says what will happen and to whom, asks, and then calls a service."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext

from accounts.desk.forms import Nothing
from accounts.desk.leads import meta, page_of
from accounts.models import User
from accounts.store import order_taken
from syncwatch.lib.errors import ApiError
from syncwatch.lib.ids import token

if TYPE_CHECKING:
    from accounts.desk.thing import DeskAdmin

AT_ONCE = 200
Words = str | Promise


@dataclass(frozen=True)
class Order:
    """Who orders an act, and what they filled in."""

    by: User
    given: dict[str, Any]


def always(_by: User, _thing: Any) -> Words:
    return ""


@dataclass(frozen=True)
class Act:
    """`do` carries it out on one thing and answers False where there was nothing to do any more.

    `unless` says why a thing is left out, or nothing. `needs` is the permission it takes.
    """

    name: str
    label: Words
    effect: Words
    done: Words
    needs: str
    do: Callable[[Order, Any], object]
    form: type[forms.Form] = Nothing
    unless: Callable[[User, Any], Words] = always
    grave: bool = False  # takes something away

    def choice(self) -> tuple[Callable[..., Any], str, Words]:
        """As Django's list of actions wants it."""

        def act(
            desk: "DeskAdmin", request: HttpRequest, queryset: QuerySet[Any]
        ) -> HttpResponse | None:
            return ask_or_do(desk, request, self, queryset)

        return act, self.name, self.label


def ask_or_do(
    desk: "DeskAdmin", request: HttpRequest, act: Act, queryset: QuerySet[Any]
) -> HttpResponse | None:
    """The page that asks, or with its answer the deed."""
    things = list(queryset[: AT_ONCE + 1])
    if len(things) > AT_ONCE:
        words = gettext("At most {most} at once. Choose fewer.").format(most=AT_ONCE)
        messages.error(request, words)
        return None
    by = staff(request)
    form = act.form(request.POST) if "confirmed" in request.POST else act.form()
    sorted_out = [(thing, act.unless(by, thing)) for thing in things]
    if not form.is_bound or not form.is_valid():
        return ask(desk, request, act, form, sorted_out)
    if order_taken(request.POST.get("once", "")):
        carry_out(request, act, Order(by, form.cleaned_data), sorted_out)
    else:
        messages.warning(request, gettext("This was sent twice; it was done once."))
    return HttpResponseRedirect(_return(desk, request, things))


def ask(
    desk: "DeskAdmin",
    request: HttpRequest,
    act: Act,
    form: forms.Form,
    sorted_out: Sequence[tuple[Any, Words]],
    *,
    everywhere: str = "",
) -> HttpResponse:
    """`everywhere` says whom an act is about that names no things."""
    opts = meta(desk.model)
    context = {
        **desk.admin_site.each_context(request),
        "title": act.label,
        "act": act,
        "form": form,
        "opts": opts,
        "once": token(),
        "everywhere": everywhere,
        "back": request.POST.get("back", ""),
        "meant": [thing for thing, why in sorted_out if not why],
        "left_out": [(thing, why) for thing, why in sorted_out if why],
        "list_address": request.get_full_path(),
        "quit_address": _return(desk, request, [thing for thing, _ in sorted_out]),
        "chosen": [thing for thing, _ in sorted_out],
    }
    return TemplateResponse(request, "admin/desk/confirm.html", context)


def carry_out(
    request: HttpRequest, act: Act, order: Order, sorted_out: Sequence[tuple[Any, Words]]
) -> None:
    """To one after the other; one that is refused keeps no other from being done."""
    done = 0
    for thing, why in sorted_out:
        if why:
            messages.warning(request, f"{thing}: {why}")
            continue
        try:
            done += act.do(order, thing) is not False
        except ApiError as refusal:
            messages.error(request, f"{thing}: {refusal.message}")
    if done:
        messages.success(request, f"{act.done}: {done}.")
    elif not any(why for _, why in sorted_out):
        messages.info(request, gettext("There was nothing to do any more."))


def _return(desk: "DeskAdmin", request: HttpRequest, things: Sequence[Any]) -> str:
    if request.POST.get("back") == "thing" and len(things) == 1:
        return page_of(desk.model, things[0].pk)
    return request.get_full_path()


def staff(request: HttpRequest) -> User:
    """Who sits at the desk; the door lets nobody else in."""
    if not isinstance(request.user, User):
        raise TypeError("nobody is signed in")
    return request.user

"""Somebody of the staff in front of /admin/, for tests: what they look at and what they order."""

from typing import Any

from django.contrib.admin import site
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.desk import powers
from accounts.models import User


class Desk:
    """`Desk(user)` sits there; `Desk.chief()`, `Desk.moderator()` and `Desk.reader()` are made."""

    def __init__(self, user: User | None) -> None:
        self.user, self.client = user, Client()
        if user is not None:
            self.client.force_login(user, backend="accounts.backends.StaffBackend")

    @classmethod
    def chief(cls) -> "Desk":
        return cls(User.objects.create_superuser("chief", "correct horse", display_name="Chief"))

    @classmethod
    def moderator(cls) -> "Desk":
        user = User.objects.create_user("keeper", "correct horse", display_name="Keeper")
        powers.moderator_make(actor=None, user=user)
        return cls(user)

    @classmethod
    def reader(cls) -> "Desk":
        """Staff who may look at everything and do nothing."""
        user = User.objects.create_user("reader", "correct horse", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
        return cls(user)

    def list(self, model: type[Any], query: str = "") -> Any:
        return self.client.get(f"{path_of(model)}?{query}")

    def page(self, thing: Any) -> Any:
        name = f"{thing._meta.app_label}_{thing._meta.model_name}"
        return self.client.get(reverse(f"admin:{name}_change", args=[thing.pk]))

    def ask(self, act: str, *things: Any, **given: Any) -> Any:
        """The page that asks."""
        query = site.get_model_admin(type(things[0])).all_rows
        body = {"action": act, "index": 0, "_selected_action": [str(each.pk) for each in things]}
        return self.client.post(f"{path_of(type(things[0]))}?{query}", {**body, **given})

    def order(self, act: str, *things: Any, **given: Any) -> Any:
        """The answer to it."""
        given.setdefault("confirmed", "yes")
        return self.ask(act, *things, **given)

    def queries(self, model: type[Any], query: str = "") -> int:
        """How many statements a list takes."""
        with CaptureQueriesContext(connection) as seen:
            assert self.list(model, query).status_code == 200
        assert len(seen) > 0
        return len(seen)


def path_of(model: type[Any]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def said(answer: Any) -> list[str]:
    """What the order was answered with, in words."""
    return [str(each) for each in answer.wsgi_request._messages._queued_messages]

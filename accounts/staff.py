"""What every app's admin pages share: each change by staff becomes a row of the audit."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from accounts import audit
from accounts.models import User


def staff_of(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


class AuditedAdmin(admin.ModelAdmin):
    """Use it instead of ModelAdmin: Django's own log may be rewritten and keeps names."""

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        self.audit(request, "add", obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        self.audit(request, "change", obj, {"change": message})
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for obj in queryset:
            self.audit(request, "delete", obj)
        return super().log_deletions(request, queryset)

    def audit(
        self, request: HttpRequest, verb: str, obj: Model, detail: dict[str, Any] | None = None
    ) -> None:
        kind = type(obj).__name__.lower()
        audit.record(staff_of(request), f"staff.{kind}.{verb}", obj.pk, detail)


class ReadOnlyAdmin(AuditedAdmin):
    """Staff may look."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

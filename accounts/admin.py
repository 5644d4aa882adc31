"""Staff pages for people, their sessions, friends and the audit."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts import sessions
from accounts.models import AuditEntry, Block, Friendship, Notice, RefreshSession, User
from accounts.staff import AuditedAdmin, ReadOnlyAdmin, staff_of
from accounts.suspension import account_restore, account_suspend

POWERS = ("is_staff", "is_superuser", "groups", "user_permissions")


@admin.register(User)
class PersonAdmin(AuditedAdmin):
    """People make their accounts themselves, and only `erasure` removes one."""

    list_display = ("__str__", "display_name", "is_guest", "is_staff", "is_active", "created_at",
                    "deleted_at")  # fmt: skip
    list_filter = ("is_guest", "is_staff", "is_active")
    search_fields = ("username", "display_name", "id")
    fields = ("id", "username", "display_name", "email", "language", "theme", "presence_shown",
              "is_guest", "is_active", "suspended_until", "suspended_reason", "created_at",
              "deleted_at", "last_login", *POWERS)  # fmt: skip
    readonly_fields = ("id", "username", "is_guest", "is_active", "suspended_until",
                       "suspended_reason", "created_at", "deleted_at", "last_login")  # fmt: skip
    filter_horizontal = ("groups", "user_permissions")
    show_full_result_count = False
    actions = ("suspend", "restore")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Only a superuser hands out powers: others would hand them to themselves."""
        is_chief = bool(getattr(request.user, "is_superuser", False))
        return self.readonly_fields if is_chief else (*self.readonly_fields, *POWERS)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description="Suspend: sign out everywhere and keep out", permissions=["change"])
    def suspend(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        people = self._within_reach(request, queryset)
        for user in people:
            account_suspend(actor=staff_of(request), user=user)
        messages.success(request, f"{len(people)} suspended.")

    @admin.action(description="Let in again", permissions=["change"])
    def restore(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        people = self._within_reach(request, queryset)
        for user in people:
            account_restore(actor=staff_of(request), user=user)
        messages.success(request, f"{len(people)} let in again.")

    def _within_reach(self, request: HttpRequest, queryset: QuerySet[User]) -> list[User]:
        """Nobody acts on themselves, and only a superuser on a superuser."""
        others = queryset.exclude(pk=getattr(staff_of(request), "pk", ""))
        if not getattr(request.user, "is_superuser", False):
            others = others.filter(is_superuser=False)
        return list(others)


@admin.register(RefreshSession)
class SessionAdmin(ReadOnlyAdmin):
    """Where people are signed in. The token ids stay out of sight."""

    list_display = ("user", "agent", "created_at", "rotated_at", "expires_at", "revoked_at")
    list_select_related = ("user",)
    fields = ("id", *list_display)
    search_fields = ("user__username", "user__display_name", "id")
    show_full_result_count = False
    actions = ("end",)

    @admin.action(description="Sign out", permissions=["view"])
    def end(self, request: HttpRequest, queryset: QuerySet[RefreshSession]) -> None:
        chosen = list(queryset)
        ended = sessions.sessions_end(queryset)
        for session in chosen:
            self.audit(request, "end", session)
        messages.success(request, f"{ended} signed out.")


@admin.register(Friendship)
class FriendshipAdmin(ReadOnlyAdmin):
    list_display = ("low", "high", "asked_by", "state", "created_at", "accepted_at")
    list_select_related = ("low", "high", "asked_by")
    list_filter = ("state",)
    show_full_result_count = False


@admin.register(Block)
class BlockAdmin(ReadOnlyAdmin):
    list_display = ("blocker", "blocked", "created_at")
    list_select_related = ("blocker", "blocked")
    show_full_result_count = False


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    """Without `data`: an invitation in it is a key."""

    list_display = ("user", "kind", "from_user", "created_at", "read_at")
    list_select_related = ("user", "from_user")
    list_filter = ("kind",)
    fields = ("id", *list_display)
    show_full_result_count = False


@admin.register(AuditEntry)
class AuditAdmin(ReadOnlyAdmin):
    list_display = ("at", "action", "actor_id", "target", "detail")
    list_filter = ("action",)
    search_fields = ("target", "actor_id")
    date_hierarchy = "at"
    show_full_result_count = False

"""Staff pages for people, their sign-ins and friends; the audit's are beside it."""

import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from accounts import audit_admin, sessions, suspension
from accounts.desk import Act, DeskAdmin, Lead, Order, ReasonForm, lead, powers
from accounts.desk.filters import Choice
from accounts.desk.finding import of_people, people
from accounts.desk.leads import meta
from accounts.models import Block, Friendship, Notice, RefreshSession, User
from accounts.pictures.services import picture_take_down
from accounts.staff import AuditedAdmin
from syncwatch.lib import clock
from syncwatch.lib.ids import uuid_or_none

POWERS = ("is_staff", "is_superuser", "groups", "user_permissions")
DAY: dict[str, Any] = {"type": "date", "aria-label": gettext_lazy("Day of the end")}
TIME: dict[str, Any] = {"type": "time", "aria-label": gettext_lazy("Time of the end, in UTC")}
ERASED = Q(is_guest=False, username=None)

admin.site.site_header = admin.site.site_title = "SyncWatch"
admin.site.index_title = gettext_lazy("Staff")
powers.register("accounts", "view_user", "change_user", "view_refreshsession",
                "delete_refreshsession", "view_auditentry")  # fmt: skip


class SuspensionForm(ReasonForm):
    """Why and until when."""

    until = forms.SplitDateTimeField(
        label=gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy("In UTC. Left empty: for good."),
        widget=forms.SplitDateTimeWidget(
            date_attrs=DAY,
            time_attrs=TIME,
            date_format="%Y-%m-%d", time_format="%H:%M",
        ),
    )  # fmt: skip

    def clean_until(self) -> datetime.datetime | None:
        until: datetime.datetime | None = self.cleaned_data["until"]
        if until is not None and until <= clock.now():
            raise forms.ValidationError(gettext("This end is over already. Choose a later one."))
        return until


def out_of_reach(by: User, user: User) -> str:
    """Nobody acts on themselves, and only a superuser on staff."""
    if by.pk == user.pk:
        return gettext("This is yourself.")
    if (user.is_staff or user.is_superuser) and not by.is_superuser:
        return gettext("Only a superuser acts on staff.")
    if user.username is None and not user.is_guest:
        return gettext("This account is erased.")
    return ""


def not_out(by: User, user: User) -> str:
    return gettext("Is not suspended.") if user.is_active else out_of_reach(by, user)


def no_picture(by: User, user: User) -> str:
    return out_of_reach(by, user) if user.picture_token else gettext("Has no picture.")


def suspend(order: Order, user: User) -> bool:
    return suspension.account_suspend(actor=order.by, user=user, **order.given)


SUSPEND = Act(
    name="suspend",
    label=gettext_lazy("Suspend"),
    effect=gettext_lazy(
        "Every sign-in of theirs ends now, their open pages close within a second, and they cannot "
        "sign in until the end you choose. They read the reason when they try."
    ),
    done=gettext_lazy("Suspended"),
    needs="accounts.change_user",
    do=suspend,
    form=SuspensionForm,
    unless=out_of_reach,
    grave=True,
)
RESTORE = Act(
    name="restore",
    label=gettext_lazy("Let in again"),
    effect=gettext_lazy("The suspension ends now. They may sign in as before."),
    done=gettext_lazy("Let in again"),
    needs="accounts.change_user",
    do=lambda order, user: suspension.account_restore(actor=order.by, user=user),
    unless=not_out,
)
SIGN_OUT = Act(
    name="sign_out",
    label=gettext_lazy("Sign out everywhere"),
    effect=gettext_lazy(
        "Every sign-in of theirs ends now and their open pages close within a second. They may "
        "sign in again with their password; a guest cannot come back as this one."
    ),
    done=gettext_lazy("Signed out"),
    needs="accounts.delete_refreshsession",
    do=lambda order, user: suspension.account_sign_out(actor=order.by, user=user),
    unless=out_of_reach,
    grave=True,
)


TAKE_PICTURE = Act(
    name="picture",
    label=gettext_lazy("Take the picture away"),
    effect=gettext_lazy(
        "Their picture is erased and their initials are shown, in open rooms at once. They may "
        "choose another one."
    ),
    done=gettext_lazy("Picture taken away"),
    needs="accounts.change_user",
    do=lambda order, user: picture_take_down(actor=order.by, user=user),
    unless=no_picture,
    grave=True,
)


class Kind(Choice):
    title = gettext_lazy("kind")
    parameter_name = "kind"
    choices_of = {
        "account": (gettext_lazy("With an account"), Q(is_guest=False)),
        "guest": (gettext_lazy("Guests"), Q(is_guest=True)),
        "staff": (gettext_lazy("Staff"), Q(is_staff=True)),
    }


class Standing(Choice):
    title = gettext_lazy("standing")
    parameter_name = "standing"
    choices_of = {
        "open": (gettext_lazy("In good standing"), Q(is_active=True, deleted_at=None)),
        "suspended": (gettext_lazy("Suspended"), Q(is_active=False) & ~ERASED),
        "closed": (gettext_lazy("Closed by themselves"), Q(deleted_at__isnull=False) & ~ERASED),
        "erased": (gettext_lazy("Erased"), ERASED),
    }


def _suspension_words(user: User) -> str:
    if user.suspended_until is None:
        return gettext("Suspended for good")
    return gettext("Suspended until {end}").format(end=f"{user.suspended_until:%Y-%m-%d %H:%M}")


@admin.register(User)
class PersonAdmin(DeskAdmin):
    """People make their accounts themselves, and only `erasure` removes one."""

    called = (gettext_lazy("person"), gettext_lazy("people"))
    list_display = ("__str__", "display_name", "kind", "standing", "email", "created_at")
    list_filter = (Kind, Standing, "created_at")
    search_fields = ("username", "display_name", "email", "id")
    search_help_text = gettext_lazy("Name, mail address or id")
    fields = ("id", "username", "display_name", "email", "language", "theme", "presence_shown",
              "is_guest", "is_active", "suspended_until", "suspended_reason", "created_at",
              "deleted_at", "last_login", *POWERS)  # fmt: skip
    readonly_fields = tuple(name for name in fields if name not in POWERS)
    filter_horizontal = ("groups", "user_permissions")
    acts = (SUSPEND, RESTORE, SIGN_OUT, TAKE_PICTURE)

    @admin.display(description=gettext_lazy("kind"))
    def kind(self, user: User) -> str:
        if user.is_superuser:
            return gettext("Superuser")
        if user.is_staff:
            return gettext("Staff")
        return gettext("Guest") if user.is_guest else gettext("Account")

    @admin.display(description=gettext_lazy("standing"))
    def standing(self, user: User) -> str:
        if user.username is None and not user.is_guest:
            return gettext("Erased")
        if not user.is_active:
            return _suspension_words(user)
        return gettext("Closed") if user.deleted_at else gettext("In good standing")

    def looked_for(self, term: str) -> Q:
        return people(term)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only a superuser hands out powers, and nothing else is changed here by hand."""
        return bool(getattr(request.user, "is_superuser", False))

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: Any) -> None:
        """The row may have changed meanwhile: only what was changed here is written."""
        own = {field.name for field in meta(User).concrete_fields}
        obj.save(update_fields=[name for name in form.changed_data if name in own])


def session_end(order: Order, session: RefreshSession) -> bool:
    return sessions.session_sign_out(actor=order.by, session=session)


def session_out_of_reach(by: User, session: RefreshSession) -> str:
    if session.revoked_at is not None:
        return gettext("Has ended already.")
    return "" if session.user_id == by.pk else out_of_reach(by, session.user)


class SessionState(Choice):
    title = gettext_lazy("state")
    parameter_name = "state"
    choices_of = {
        "open": (gettext_lazy("Still signed in"), Q(revoked_at=None)),
        "ended": (gettext_lazy("Ended"), Q(revoked_at__isnull=False)),
    }


@admin.register(RefreshSession)
class SessionAdmin(DeskAdmin):
    """Where people are signed in. The token ids stay out of sight."""

    called = (gettext_lazy("refresh session"), gettext_lazy("refresh sessions"))
    list_display = ("user", "agent", "created_at", "rotated_at", "expires_at", "revoked_at")
    list_select_related = ("user",)
    list_filter = (SessionState, "created_at")
    fields = ("id", *list_display)
    search_fields = ("user__username", "user__display_name", "id")
    acts = (
        Act(
            name="end",
            label=gettext_lazy("Sign out"),
            effect=gettext_lazy(
                "This sign-in ends now and its open pages close within a second. Others of the "
                "same person go on."
            ),
            done=gettext_lazy("Signed out"),
            needs="accounts.delete_refreshsession",
            do=session_end,
            unless=session_out_of_reach,
            grave=True,
        ),
    )

    def looked_for(self, term: str) -> Q:
        found = of_people(term, "user_id")
        return found | Q(pk=pk) if (pk := uuid_or_none(term)) else found


@admin.register(Friendship)
class FriendshipAdmin(DeskAdmin):
    called = (gettext_lazy("friendship"), gettext_lazy("friendships"))
    list_display = ("low", "high", "asked_by", "state", "created_at", "accepted_at")
    list_select_related = ("low", "high", "asked_by")
    list_filter = ("state",)


@admin.register(Block)
class BlockAdmin(DeskAdmin):
    called = (gettext_lazy("block"), gettext_lazy("blocks"))
    list_display = ("blocker", "blocked", "created_at")
    list_select_related = ("blocker", "blocked")


@admin.register(Notice)
class NoticeAdmin(DeskAdmin):
    """Without `data`: an invitation in it is a key."""

    called = (gettext_lazy("notice"), gettext_lazy("notices"))
    list_display = ("user", "kind", "from_user", "created_at", "read_at")
    list_select_related = ("user", "from_user")
    list_filter = ("kind",)
    fields = ("id", *list_display)


_ = audit_admin  # registers itself
admin.site.unregister(Group)


@admin.register(Group)
class AuditedGroupAdmin(GroupAdmin, AuditedAdmin):
    """Who may hand out rights is written down like everything else."""


lead(User, Lead(gettext_lazy("Sign-ins"), RefreshSession, "user__id__exact"))

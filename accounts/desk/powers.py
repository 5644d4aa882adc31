"""What moderators among the staff may do: a group, made once, that a superuser may change."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext

from accounts import audit
from accounts.models import User
from syncwatch.lib.errors import Conflict

GROUP = "moderators"
_powers: set[tuple[str, str]] = set()


def register(app_label: str, *codenames: str) -> None:
    """Call it from an app's `admin.py` with what moderators need there."""
    _powers.update((app_label, codename) for codename in codenames)


def moderators() -> Group:
    """The group; with all its powers where it did not exist, else as staff left it."""
    group, fresh = Group.objects.get_or_create(name=GROUP)
    if fresh:
        group.permissions.set(_wanted())
    return group


def _wanted() -> list[Permission]:
    found = Permission.objects.select_related("content_type").filter(
        codename__in={codename for _, codename in _powers}
    )
    return [each for each in found if (each.content_type.app_label, each.codename) in _powers]


@transaction.atomic
def moderator_make(*, actor: User | None, user: User) -> bool:
    """Let somebody keep order in /admin/; False where they do already."""
    if user.is_guest or not user.can_sign_in:
        raise Conflict(message=gettext("Only somebody with an account that is open can be staff."))
    group = moderators()
    if user.is_staff and user.groups.filter(pk=group.pk).exists():
        return False
    user.groups.add(group)
    user.is_staff = True
    user.save(update_fields=["is_staff"])
    audit.record(actor, "account.moderator", user.id, {"on": True})
    return True


@transaction.atomic
def moderator_unmake(*, actor: User | None, user: User) -> bool:
    """Take it from them again. A superuser stays staff; whoever has other groups does too."""
    group = moderators()
    if not user.groups.filter(pk=group.pk).exists():
        return False
    user.groups.remove(group)
    if not user.is_superuser and not user.groups.exists():
        user.is_staff = False
        user.save(update_fields=["is_staff"])
    audit.record(actor, "account.moderator", user.id, {"on": False})
    return True

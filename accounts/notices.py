"""The list under the bell: what a person is told of, newest first, two hundred at most."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from accounts import friend_access, me
from accounts.models import Notice, User
from accounts.protocol import NoticeCount, NoticeNew
from accounts.selectors import person
from syncwatch.lib import clock, ids
from syncwatch.lib.errors import NotFound

KEPT_MAX = 200


def notice_wire(notice: Notice) -> dict[str, Any]:
    return {
        "id": str(notice.id),
        "kind": notice.kind,
        "from": person(notice.from_user),
        "data": notice.data,
        "created_at": notice.created_at.isoformat(),
        "read": notice.read_at is not None,
    }


def notices_of(user: User) -> list[dict[str, Any]]:
    newest = user.notices.select_related("from_user")[:KEPT_MAX]
    return [notice_wire(each) for each in newest]


def unread_of(user: User) -> int:
    return user.notices.filter(read_at=None).count()


@transaction.atomic
def notice_give(
    *, user: User, kind: str, from_user: User, data: dict[str, Any] | None = None
) -> Notice | None:
    """Tell a person of something; None where a block stands between the two."""
    if friend_access.blocked_between(user, from_user):
        return None
    notice = Notice.objects.create(user=user, kind=kind, from_user=from_user, data=data or {})
    kept = list(user.notices.values_list("id", flat=True)[:KEPT_MAX])
    if len(kept) == KEPT_MAX:
        user.notices.filter(id__lt=kept[-1]).delete()
    me.on_commit(
        lambda: [(str(user.pk), NoticeNew(notice=notice_wire(notice), unread=unread_of(user)))]
    )
    return notice


def notices_read(*, user: User) -> None:
    """Everything in the list has been seen."""
    if user.notices.filter(read_at=None).update(read_at=clock.now()):
        tell_count(user)


def notice_drop(*, user: User, notice_id: object) -> None:
    """Somebody took a line off their list."""
    wanted = ids.uuid_or_none(notice_id)
    if wanted is None or not user.notices.filter(pk=wanted).delete()[0]:
        raise NotFound(gettext("This is not in your list any more."))
    tell_count(user)


def notices_withdraw(*, user: User, from_user: User, kinds: tuple[str, ...] = ()) -> None:
    """What somebody told a person is void: they took it back, or are not to reach them any more."""
    found: QuerySet[Notice] = user.notices.filter(from_user=from_user)
    if kinds:
        found = found.filter(kind__in=kinds)
    if found.delete()[0]:
        tell_count(user)


def tell_count(user: User) -> None:
    me.on_commit(lambda: [(str(user.pk), NoticeCount(unread=unread_of(user)))])

"""A person's friends, blocks, notices and picture: in an export, and how they are erased."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy

from accounts import friend_access, me, notices
from accounts.models import Block, Friendship, Notice, User
from accounts.pictures.services import picture_remove
from accounts.protocol import Removed

ABOUT = gettext_lazy(
    "Your friends, asks, blocks and notices. Of others only the names that you see."
)


def export(user: User) -> dict[str, Any]:
    """Who one's friends are, whom one asked and blocked, and what one was told of."""
    names = [each.display_name for each in friend_access.friends_of(user)]
    return {
        "friends": names,
        "asked_me": [_name(row, user) for row in friend_access.asks_to(user)],
        "asked_by_me": [_name(row, user) for row in friend_access.asks_by(user)],
        "blocked": [row.blocked.display_name for row in friend_access.blocks_of(user)],
        "notices": [_told(each) for each in notices.notices_of(user)],
    }


def _name(row: Friendship, user: User) -> str:
    return row.other(user).display_name


def _told(notice: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": notice["kind"],
        "from": notice["from"]["display_name"],
        "room": notice["data"].get("name"),
        "created_at": notice["created_at"],
    }


@transaction.atomic
def erase(user: User) -> None:
    """Friends lose them at once; nothing is left that names the two together."""
    for friend_id in friend_access.friend_ids(user):
        me.tell(friend_id, Removed(user_id=str(user.pk)))
    Friendship.objects.filter(Q(low=user) | Q(high=user)).delete()
    Block.objects.filter(Q(blocker=user) | Q(blocked=user)).delete()
    Notice.objects.filter(Q(user=user) | Q(from_user=user)).delete()
    picture_remove(user=user)

"""The lists of friends as they go over the wire: the same for the HTTP API and the small socket."""

from typing import Any

from accounts import friend_access, notices, presence
from accounts.models import User
from accounts.protocol import Snapshot
from accounts.selectors import person
from syncwatch.lib import clock


def friends_page(user: User) -> dict[str, Any]:
    """Everybody who is a friend, as this person sees them, and the asks of both sides."""
    friends = friend_access.friends_of(user)
    seen = presence.seen_by(user, friends)
    return {
        "friends": [{"user": person(each), **seen[each.pk].wire()} for each in friends],
        "asked_me": [friend_access.ask_wire(row, user) for row in friend_access.asks_to(user)],
        "asked_by_me": [friend_access.ask_wire(row, user) for row in friend_access.asks_by(user)],
    }


def me_snapshot(user: User, *, protocol: int) -> Snapshot:
    return Snapshot(
        protocol=protocol,
        server_time=clock.server_ms(),
        notices_unread=notices.unread_of(user),
        **friends_page(user),
    )


def blocked_page(user: User) -> dict[str, Any]:
    """Whom this person blocked, and everybody whose chat is hidden, without saying why."""
    rows = friend_access.blocks_of(user)
    hidden = friend_access.hidden_from({user.pk})[user.pk]
    return {
        "results": [
            {"user": person(row.blocked), "at": row.created_at.isoformat()} for row in rows
        ],
        "hidden": sorted(str(each) for each in hidden),
    }


def hidden_ids(user: User) -> dict[str, list[str]]:
    """The same for a page that is to show nothing hidden, not even for a moment."""
    page = blocked_page(user)
    return {"mine": [row["user"]["id"] for row in page["results"]], "all": page["hidden"]}

"""A word for whoever comes in for the first time."""

from rooms.models import Membership, Role, Room
from syncwatch.lib import clock


def welcome_for(membership: Membership, room: Room) -> str:
    """What this person has not read yet; nothing for the host, who wrote it."""
    fresh = membership.welcomed_at is None and membership.role != Role.OWNER
    return room.welcome if fresh else ""


def welcome_read(membership: Membership) -> None:
    """It was read; said again, it stays so."""
    mine = Membership.objects.filter(pk=membership.pk, welcomed_at=None)
    mine.update(welcomed_at=clock.now())


def insiders_know(room: Room) -> None:
    """A new word is for those who come, not for those who belong already."""
    room.memberships.filter(welcomed_at=None).update(welcomed_at=clock.now())

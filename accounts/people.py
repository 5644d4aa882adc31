"""A person's name or picture changed: whoever shows them hears of it."""

import functools

from django.db import transaction

from accounts import friend_access, live, me
from accounts.models import User
from accounts.protocol import Updated
from accounts.selectors import person
from accounts.signals import person_changed


def person_told(user: User) -> None:
    """After the commit: open sockets read the person anew, rooms and people that show them are
    told.
    """
    transaction.on_commit(functools.partial(_tell, user))
    me.on_commit(functools.partial(_news, user))


def _tell(user: User) -> None:
    live.people_changed([str(user.pk)])
    person_changed.send_robust(sender=User, user_id=user.pk)


def _news(user: User) -> list[me.News]:
    """As they are now: of two changes at once, both may be told last."""
    event = Updated(user=person(User.objects.get(pk=user.pk)))
    return [(str(each), event) for each in friend_access.shown_to(user)]

"""A person's name or picture changed: whoever shows them hears of it."""

import functools

from django.db import transaction

from accounts import live
from accounts.models import User
from accounts.signals import person_changed


def person_told(user: User) -> None:
    """After the commit: open sockets read the person anew, and rooms that show them are told."""
    transaction.on_commit(functools.partial(_tell, user))


def _tell(user: User) -> None:
    live.people_changed([str(user.pk)])
    person_changed.send_robust(sender=User, user_id=user.pk)

"""Facts other apps may want to hear of."""

from django.dispatch import Signal

session_revoked = Signal()
"""A session ended: logout, password change, reuse of an old token. Keyword: `sid` (UUID)."""

person_changed = Signal()
"""A person's name or picture changed, after the commit. Keyword: `user_id` (UUID)."""

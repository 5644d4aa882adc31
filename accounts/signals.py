"""Facts other apps may want to hear of."""

from django.dispatch import Signal

session_revoked = Signal()
"""A session ended: logout, password change, reuse of an old token. Keyword: `sid` (UUID)."""

person_changed = Signal()
"""A person's name or picture changed, after the commit. Keyword: `user_id` (UUID)."""

block_added = Signal()
"""Two people have nothing to do with each other from now on, in the caller's transaction.
Keywords: `one`, `other` (User), without saying who blocked whom."""

"""Facts other apps may want to hear of."""

from django.dispatch import Signal

session_revoked = Signal()
"""A session ended: logout, password change, reuse of an old token. Keyword: `sid` (UUID)."""

"""How staff sign in to /admin/: Django's own session, apart from the tokens."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from accounts.models import User


class StaffBackend(ModelBackend):
    """Username and password; a closed account stays closed here too."""

    def user_can_authenticate(self, user: Any) -> bool:
        return isinstance(user, User) and user.can_sign_in

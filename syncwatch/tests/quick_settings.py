"""The product's settings with passwords that cost nothing, for a product under test.

Argon2 as it is takes a quarter of a second of the processor for every account and every sign-in.
"""

from django.contrib.auth.hashers import Argon2PasswordHasher

from syncwatch.settings import *  # noqa: F403  all of them


class QuickArgon2(Argon2PasswordHasher):
    time_cost = 1
    memory_cost = 64
    parallelism = 1


PASSWORD_HASHERS = ["syncwatch.tests.quick_settings.QuickArgon2"]

"""The accounts app: people, their sessions and the audit."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "People"

    def ready(self) -> None:
        from accounts import checks, errors, schema

        _ = (checks, errors, schema)  # imported for what they register

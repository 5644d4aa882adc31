"""The accounts app: people, their sessions and the audit."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = gettext_lazy("People")

    def ready(self) -> None:
        from accounts import checks, errors, own, own_data, schema

        _ = (checks, errors, schema)  # imported for what they register
        own_data.register("people", export=own.export, erase=own.erase, about=own.ABOUT)

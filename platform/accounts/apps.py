from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Who people are."""

    name = "accounts"
    verbose_name = _("people")

    def ready(self) -> None:
        """Listen for the end of sessions."""
        import_module("accounts.sessions")

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    """The whole, assembled."""

    name = "exchange"
    verbose_name = _("exchange")

    def ready(self) -> None:
        """Connect what one app says with what another does, and know what the database bears."""
        import_module("exchange.wiring")
        import_module("exchange.sqlite").register()

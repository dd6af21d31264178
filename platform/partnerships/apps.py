from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnershipsConfig(AppConfig):
    """Organisations, networks, partnerships, bodies, and who sits where from when to when."""

    name = "partnerships"
    verbose_name = _("partnerships")

    def ready(self) -> None:
        """Tell the registry what this app's things are, the tick what is periodic, and what people are told."""
        import_module("partnerships.things").register()
        import_module("partnerships.jobs").register()
        for name in ("notices", "welcoming", "ending"):
            import_module(f"partnerships.{name}").register_kinds()

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkConfig(AppConfig):
    """Jobs, leases, what falls due, progress."""

    name = "work"
    verbose_name = _("background work")

    def ready(self) -> None:
        """The app's own periodic job: forgetting what is long done."""
        import_module("work.tidy").register()

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """The index behind one door."""

    name = "search"
    verbose_name = _("search")

    def ready(self) -> None:
        """Have the themes there as soon as there are tables."""
        post_migrate.connect(import_module("search.vocabulary").load_themes, sender=self, dispatch_uid="themes")

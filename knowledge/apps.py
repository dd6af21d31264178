from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnowledgeConfig(AppConfig):
    """What was learnt, and how it is found again."""

    name = "knowledge"
    verbose_name = _("Knowledge")

    def ready(self) -> None:
        """Let the others point at lessons, and the index be made anew."""
        import_module("knowledge.things").register()
        import_module("knowledge.notices").register_kinds()
        import_module("knowledge.alerts").register_all()
        import_module("knowledge.missing").register()
        import_module("knowledge.seeking").register_kinds()
        import_module("knowledge.file_round").register()

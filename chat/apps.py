from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChatConfig(AppConfig):
    """Rooms to talk in, live."""

    name = "chat"
    verbose_name = _("Talk")

    def ready(self) -> None:
        """Make rooms and messages known to the registry of things, to the hub, and to those who are told."""
        import_module("chat.things")
        import_module("chat.live")
        import_module("chat.notices").register_kinds()
        import_module("chat.question_notices").register_kinds()
        import_module("chat.replies").register()
        import_module("chat.order_notices").register_kinds()
        import_module("chat.visit_jobs").register()
        import_module("chat.presence").register()
        import_module("chat.jobs").register()
        import_module("chat.files_tidy").register()

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """What a person should be told."""

    name = "notifications"
    verbose_name = _("notifications")

    def ready(self) -> None:
        """What this app itself tells, what is periodic, where push messages end; and its sections on Me."""
        import_module("notifications.incoming.answers").register_kinds()
        import_module("notifications.tidy").register()
        import_module("notifications.push.endings")
        import_module("notifications.me").register()

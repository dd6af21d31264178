from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """What a person should be told."""

    name = "notifications"
    verbose_name = _("notifications")

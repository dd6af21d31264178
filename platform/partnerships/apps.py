from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnershipsConfig(AppConfig):
    """Organisations, networks, partnerships, bodies, and who sits where from when to when."""

    name = "partnerships"
    verbose_name = _("partnerships")

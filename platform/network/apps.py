from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    """What is composed of everything: the lists of networks, partnerships and people."""

    name = "network"
    verbose_name = _("network")

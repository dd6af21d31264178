"""Puts our administration in the place of Django's admin. Alone in its module, since it is read before any model."""

from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    """Django's admin with our site."""

    default_site = "exchange.administration.Administration"

from django.apps import AppConfig


class ThingsConfig(AppConfig):
    """The registry through which apps point at each other's things."""

    name = "things"

from django.apps import AppConfig


class RealtimeConfig(AppConfig):
    """The one way to reach an open browser."""

    name = "realtime"

from importlib import import_module

from django.apps import AppConfig


class RealtimeConfig(AppConfig):
    """The one way to reach an open browser."""

    name = "realtime"

    def ready(self) -> None:
        """Hear when somebody signs out or may no longer sign in."""
        import_module("realtime.watching")

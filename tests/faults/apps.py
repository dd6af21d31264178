from importlib import import_module

from django.apps import AppConfig


class FaultsConfig(AppConfig):
    """The news of these tests."""

    name = "tests.faults"

    def ready(self) -> None:
        """Make them known."""
        import_module("tests.news").register()

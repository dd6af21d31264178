from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The index behind one door."""

    name = "search"

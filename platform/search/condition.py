"""What ``/readyz`` says of the index."""

from pathlib import Path

from django.conf import settings

from search.living import index


def health() -> str:
    """``ok``, or why search answers more poorly than usual."""
    if not Path(settings.INDEX_DIR).is_dir():
        return f"the search index is away: {settings.INDEX_DIR} is no folder"
    if index.snapshot():
        return "ok"
    if index.damage:
        return f"the search index is damaged and is being made anew: {index.damage}"
    return "the search index is not made yet: the worker does it (manage.py work)"

"""What ``/readyz`` says of the index."""

from search.engines import engine
from search.living import index


def health() -> str:
    """``ok``, or why search answers more poorly than usual."""
    if why := engine().away():
        return f"the search index is away: {why}"
    if index.snapshot():
        return "ok"
    if index.damage:
        return f"the search index is damaged and is being made anew: {index.damage}"
    return "the search index is not made yet: the worker does it (manage.py work)"

"""The index behind one door: documents go in, what a person may find comes out.

    search.put(Document("lesson", 7, …))            in the transaction of the change
    search.find("avfall", scopes={"member"}, language="sv").hits
    search.register("lesson", documents=all_lessons)   so that the index can be made anew

A document is found by whoever shares one of its scopes (``member``, ``network:3``, ``partnership:7``, ``author:12``).
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from search.document import FACETS, Document, Hit, Results, register
from search.operators import FIELDS, Reading, read

if TYPE_CHECKING:
    from search.condition import health
    from search.door import find, highlight, related, suggest
    from search.indexer import keep_up, rebuild, work_off
    from search.outbox import put, put_all, remove

__all__ = [
    "FACETS",
    "FIELDS",
    "Document",
    "Hit",
    "Reading",
    "Results",
    "find",
    "health",
    "highlight",
    "keep_up",
    "put",
    "put_all",
    "read",
    "rebuild",
    "register",
    "related",
    "remove",
    "suggest",
    "work_off",
]

_HOMES = {
    "health": "condition",
    "find": "door",
    "related": "door",
    "highlight": "door",
    "suggest": "door",
    "put": "outbox",
    "put_all": "outbox",
    "remove": "outbox",
}


def __getattr__(name: str) -> Any:
    """The verbs stand on models, which may be imported only after this package itself: they come when asked for."""
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"search.{_HOMES.get(name, 'indexer')}"), name)

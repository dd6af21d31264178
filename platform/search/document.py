"""What goes into the index and what comes out of it, in words that know no model and no engine."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

FACETS = ("theme", "country", "language", "tag", "kind")


@dataclass(frozen=True)
class Document:
    """One thing that can be found. ``text`` is plain (no markup); it is found by whoever shares a scope with it.

    ``language`` is the text's own; ``facets`` are values by name of ``FACETS`` (``kind`` fills itself).
    """

    kind: str
    id: int
    title: str
    text: str
    language: str
    scopes: frozenset[str]
    facets: Mapping[str, list[str]]
    changed_at: datetime


@dataclass(frozen=True)
class Hit:
    """One found document; the greater the score, the better it answers."""

    kind: str
    id: int
    score: float


@dataclass(frozen=True)
class Results:
    """One page of what was found. ``degraded`` says in a sentence why the answer is poorer than usual, if it is."""

    total: int = 0
    hits: list[Hit] = field(default_factory=list)
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    also: list[str] = field(default_factory=list)
    degraded: str = ""


sources: dict[str, Callable[[], Iterable[Document]]] = {}
"""Kind → all its documents; each app registers its own from ``apps.py``."""


def register(kind: str, documents: Callable[[], Iterable[Document]]) -> None:
    """Tell where a rebuild gets the documents of a kind from (an iterator is best: nothing needs them at once)."""
    sources[kind] = documents

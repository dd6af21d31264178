"""What goes into the index and what comes out of it, in words that know no model and no engine."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

FACETS = ("theme", "country", "language", "tag", "kind")
"""Facets that are counted unless others are asked for; a document may name any."""
FAMILY = "family"
"""The facet that a document shares with its translations: what finds one finds all."""
FIT, DATE = "fit", "date"
"""Orders: how well it answers, when it was changed; any number of the documents is one too, the greatest first."""
CHANGED, LENGTH = "changed", "length"
"""Numbers that each document has of itself: seconds since 1970 of its last change, and how many terms."""

Range = tuple[float | None, float | None]
"""From, and up to but without; None where it is open."""


@dataclass(frozen=True)
class Document:
    """One thing that can be found. ``text`` is plain (no markup); it is found by whoever shares a scope with it.

    ``language`` is the text's own; ``facets`` are values by name (``kind`` and ``language`` fill themselves);
    ``numbers`` are what it can be ordered and narrowed by besides ``changed_at``, such as ``uses``.
    """

    kind: str
    id: int
    title: str
    text: str
    language: str
    scopes: frozenset[str]
    facets: Mapping[str, list[str]]
    changed_at: datetime
    numbers: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Narrowing:
    """What an answer is kept to: whoever asks shares a scope; of each facet in ``filters`` one value, of each in
    ``without`` none; each number within its range."""

    scopes: frozenset[str]
    filters: Mapping[str, Collection[str]] = field(default_factory=dict)
    without: Mapping[str, Collection[str]] = field(default_factory=dict)
    ranges: Mapping[str, Range] = field(default_factory=dict)


@dataclass(frozen=True)
class Shown:
    """Which page of the answer, in what order, and which facets are counted beside it."""

    page: int = 1
    limit: int = 20
    order: str = FIT
    facets: Collection[str] = FACETS


@dataclass(frozen=True)
class Hit:
    """One found document; the greater the score, the better it answers."""

    kind: str
    id: int
    score: float


@dataclass(frozen=True)
class Results:
    """One page of what was found. ``facets`` counts each facet's values under all filters but its own.

    ``also``: what else was looked for, in other languages. ``did_you_mean``: the query with its typing errors mended,
    if it seems to have any; with ``mended`` the answer is that query's, since the words as typed had none.
    ``degraded`` says in a sentence why the answer is poorer than usual, if it is.
    """

    total: int = 0
    hits: list[Hit] = field(default_factory=list)
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    also: list[str] = field(default_factory=list)
    did_you_mean: str = ""
    mended: bool = False
    degraded: str = ""


sources: dict[str, Callable[[], Iterable[Document]]] = {}
"""Kind → all its documents; each app registers its own from ``apps.py``."""


def register(kind: str, documents: Callable[[], Iterable[Document]]) -> None:
    """Tell where a rebuild gets the documents of a kind from (an iterator is best: nothing needs them at once)."""
    sources[kind] = documents

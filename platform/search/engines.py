"""Which engine keeps the index, and what every engine can do; ranking, filters and counts are the same for all."""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from importlib import import_module
from typing import Any, Protocol, cast

from django.conf import settings

from search.concepts import Vocabulary
from search.segment import Segment

MODULES = {"whoosh": "search.places", "postgres": "search.tables"}
"""``SEARCH_ENGINE`` → the module that is it."""
Place = Any
"""Where an index is, as its engine says it: a folder, or the name of a row. Two are equal when they are the same."""
REBUILD, WRITE = "rebuild.lock", "write.lock"
"""Held while an index is made anew; while anyone writes to the living one or swaps it."""


class Engine(Protocol):
    """Keeps indexes, of which one is living, and each of which is made of segments."""

    ASIDE: bool
    """Whether a newer commit is opened in a thread of its own."""

    def away(self) -> str:
        """Why there can be no index at all, as a sentence; empty where there can be one."""

    def living(self) -> Place | None:
        """The index that is searched; None where there is none."""

    def version(self, place: Place, /) -> str:
        """Which way of making the index made this one."""

    def vocabulary(self, place: Place, /) -> Vocabulary:
        """The vocabulary that an index was made with."""

    def generation(self, place: Place, /) -> int:
        """Which commit is the newest. Cheap: it is asked every second."""

    def segments(self, place: Place, known: Mapping[str, Segment], /) -> list[tuple[Segment, list[int]]]:
        """The newest commit's segments with the numbers of their deleted documents; those of ``known`` are not opened
        again. Raises ``DamagedError`` when anything of it cannot be read."""

    def create(self, made_by: str, vocabulary: Vocabulary, /) -> Place:
        """An empty index beside the living one; what failed rebuilds left is cleared away first."""

    def write(
        self, place: Place, put: Iterable[Mapping[str, Any]], removed: Iterable[str] = (), /, *, memory: int = 64
    ) -> None:
        """Add documents (see ``fields``) and take others out, in one commit."""

    def swap(self, place: Place, /) -> None:
        """Make this the living index."""

    def locked(self, name: str, /, *, wait: bool = True) -> AbstractContextManager[bool]:
        """Hold a lock among all that write to this index; False when another has it and we do not ``wait``."""


def engine() -> Engine:
    """The one that the settings name."""
    return cast("Engine", import_module(MODULES[settings.SEARCH_ENGINE]))

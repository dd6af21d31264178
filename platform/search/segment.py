"""A part of an index that never changes, whichever engine keeps it: postings as numpy arrays, each read once.

Only which of its documents are deleted changes, from commit to commit.
"""

from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from threading import RLock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.kindred import Lexicon

Numbers = NDArray[np.int32]
Weights = NDArray[np.float32]
Postings = tuple[Numbers, Weights]
CACHED_BYTES = 96 * 2**20
"""How much of one segment's decoded postings are kept."""


class DamagedError(Exception):
    """The index cannot be read: files gone, cut short or overwritten."""


class Segment(ABC):
    """Many threads may ask it at once."""

    def __init__(self, name: str, rows: Sequence[tuple[str, Mapping[str, float]]]) -> None:
        """``rows`` are the documents: what each is called, and its numbers."""
        self.name = name
        self.count = len(rows)
        self.keys = [key for key, _numbers in rows]
        self._numbers = [numbers for _key, numbers in rows]
        self._lock = RLock()
        self._cache: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._cached = 0
        self._columns: dict[str, tuple[list[str], Numbers, Numbers]] = {}

    @abstractmethod
    def read(self, field: str, terms: Sequence[str]) -> dict[str, Postings]:
        """The posting lists of these terms from where they are kept; those that are not there may be left out."""

    @abstractmethod
    def values(self, field: str, prefix: str = "") -> list[str]:
        """The terms of a field that begin so."""

    @abstractmethod
    def places(self, term: str, numbers: Iterable[int]) -> dict[int, Numbers]:
        """Where a term stands in each of these documents (ascending), all of which have it."""

    def postings(self, field: str, term: str) -> Postings:
        """The documents that have a term, and how often."""
        with self._lock:
            held = self._cache.get((field, term))
            if held is None:
                held = self.read(field, [term]).get(term, NOTHING)
                self._keep(field, term, held)
            self._cache.move_to_end((field, term))
            return held

    @abstractmethod
    def fetch(self, field: str, terms: Sequence[str], beside: Sequence["Segment"]) -> None:
        """Have these terms' postings at hand in this segment and those ``beside`` it, itself among them, where it is
        cheaper to ask for them together."""

    def unread(self, field: str, terms: Iterable[str]) -> bool:
        """Whether one of the terms would have to be read."""
        with self._lock:
            return any((field, term) not in self._cache for term in terms)

    def keep(self, field: str, terms: Iterable[str], found: Mapping[str, Postings]) -> None:
        """Take in what was found for these terms when several segments were asked at once."""
        with self._lock:
            for term in terms:
                if (field, term) not in self._cache:
                    self._keep(field, term, found.get(term, NOTHING))

    def _keep(self, field: str, term: str, postings: Postings) -> None:
        self._cache[field, term] = postings
        self._cached += len(postings[0]) * 8
        while self._cached > CACHED_BYTES and len(self._cache) > 1:
            _oldest, (numbers, _weights) = self._cache.popitem(last=False)
            self._cached -= len(numbers) * 8

    @cached_property
    def lexicon(self) -> Lexicon:
        """The different words of the texts. Made when first asked for: a tenth of a second for 20,000 words."""
        with self._lock:
            return Lexicon(self.values("text"))

    def numbers(self, name: str) -> NDArray[np.float64]:
        """A number of each document, 0 where one has none."""
        return np.array([row.get(name, 0.0) for row in self._numbers], np.float64)

    def column(self, facet: str) -> tuple[list[str], Numbers, Numbers]:
        """A facet laid flat for counting: its values, and pairs of document and value number."""
        with self._lock:
            if facet not in self._columns:
                values = self.values("facet", f"{facet}:")
                found = self.read("facet", values)
                lists = [found.get(value, NOTHING)[0] for value in values]
                codes = np.repeat(np.arange(len(values), dtype=np.int32), [len(numbers) for numbers in lists])
                named = [value.partition(":")[2] for value in values]
                self._columns[facet] = (named, joined(lists, np.int32), codes)
            return self._columns[facet]


def joined(parts: Sequence[Any], kind: Any) -> Any:
    """Arrays end to end, also when there are none."""
    return np.concatenate(parts) if parts else np.empty(0, kind)


NOTHING: Postings = (np.empty(0, np.int32), np.empty(0, np.float32))

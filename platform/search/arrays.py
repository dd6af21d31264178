"""One commit of the index as arrays over all its segments: what stands where, and how many have which value."""

from collections import Counter
from collections.abc import Collection, Iterable

import numpy as np
from numpy.typing import NDArray

from search.analysis import LANGUAGES, base
from search.document import CHANGED, FAMILY, LENGTH, Hit
from search.question import ANY, OTHER
from search.segment import Segment

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int32]
Weights = NDArray[np.float32]
Values = NDArray[np.float64]


class Arrays:
    """Never changes; many threads may read it at once."""

    def __init__(self, parts: list[tuple[Segment, list[int]]]) -> None:
        self.segments = [segment for segment, _deleted in parts]
        self.starts = np.concatenate([[0], np.cumsum([segment.count for segment in self.segments])]).astype(int)
        self.count = int(self.starts[-1])
        self.alive = np.ones(self.count, bool)
        for (_segment, deleted), start in zip(parts, self.starts[:-1], strict=True):
            self.alive[np.array(deleted, int) + start] = False
        self._numbers: dict[str, Values] = {}
        self._spoken: dict[str, Mask] = {}
        self.lengths = self.number(LENGTH)
        self.age = np.empty(self.count, np.float64)
        self.age[np.argsort(self.number(CHANGED), kind="stable")] = np.arange(self.count) / max(1, self.count)

        self.tongue = self._tongues()
        self.family, self.told_alike = self._families()

    def _tongues(self) -> NDArray[np.str_]:
        """The language of each document, as the analyzer knows it."""
        tongue = np.full(self.count, OTHER, "<U2")
        for segment, start in zip(self.segments, self.starts[:-1], strict=True):
            values, numbers, codes = segment.column("language")
            known = np.array([base(value) if base(value) in LANGUAGES else OTHER for value in values] or [OTHER])
            tongue[numbers + int(start)] = known[codes]
        return tongue

    def _families(self) -> tuple[Numbers, Numbers]:
        """A number for each document that it shares with its translations (-1: it can have none), and those that
        have some."""
        told = self.number(FAMILY)
        _different, family, members = np.unique(told, return_inverse=True, return_counts=True)
        several = np.flatnonzero((told > 0) & (members[family] > 1)) if self.count else np.empty(0)
        return np.where(told > 0, family, -1).astype(np.int32), several.astype(np.int32)

    def spoken_in(self, language: str) -> Mask:
        """The documents in a language (``ANY``: all)."""
        if language not in self._spoken:
            same = np.ones(self.count, bool) if language == ANY else self.tongue == language
            self._spoken[language] = same
        return self._spoken[language]

    @staticmethod
    def _joined(parts: list[Values]) -> Values:
        return np.concatenate(parts) if parts else np.empty(0, np.float64)

    def fetch(self, field: str, terms: Iterable[str]) -> None:
        """Say that these terms' postings are about to be asked for."""
        for segment in self.segments[:1]:
            segment.fetch(field, list(terms), self.segments)

    def postings(self, field: str, term: str) -> tuple[Numbers, Weights]:
        """A term's documents over all segments, and how often each has it."""
        self.fetch(field, [term])
        lists = [segment.postings(field, term) for segment in self.segments]
        if len(lists) == 1:
            return lists[0]
        if not lists:
            return np.empty(0, np.int32), np.empty(0, np.float32)
        numbers = [found + np.int32(start) for (found, _times), start in zip(lists, self.starts[:-1], strict=True)]
        return np.concatenate(numbers), np.concatenate([times for _found, times in lists])

    def having(self, field: str, values: Iterable[str]) -> Mask:
        """The documents that have one of the values."""
        values = list(values)
        self.fetch(field, values)
        mask = np.zeros(self.count, bool)
        for value in values:
            mask[self.postings(field, value)[0]] = True
        return mask

    def having_facet(self, name: str, values: Collection[str]) -> Mask:
        """The documents with one of a facet's values."""
        return self.having("facet", (f"{name}:{value}" for value in values))

    def number(self, name: str) -> Values:
        """A number of each document."""
        if name not in self._numbers:
            self._numbers[name] = self._joined([segment.numbers(name) for segment in self.segments])
        return self._numbers[name]

    def hit(self, number: int, score: float) -> Hit:
        """The document of a number."""
        kind, _colon, key = self.key(number).partition(":")
        return Hit(kind, int(key), score)

    def key(self, number: int) -> str:
        """What the document of a number is called in the index, such as ``lesson:7``."""
        part = int(np.searchsorted(self.starts, number, side="right")) - 1
        return self.segments[part].keys[number - int(self.starts[part])]

    def counts(self, facet: str, mask: Mask) -> dict[str, int]:
        """How many documents of a mask have each value, the most frequent first."""
        counted: Counter[str] = Counter()
        for segment, start in zip(self.segments, self.starts[:-1], strict=True):
            values, numbers, codes = segment.column(facet)
            passing = np.flatnonzero(mask[start : start + segment.count].take(numbers))
            found = np.bincount(codes[passing], minlength=len(values))
            counted.update({values[code]: int(found[code]) for code in np.flatnonzero(found)})
        return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))

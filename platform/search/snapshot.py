"""The index as it was at one commit, all in arrays: what stands where, who may see it, how many have which value.

Filters and scopes are boolean columns, so that a count is right under all of them and nobody's hidden document is ever
touched. How well a document answers is worked out in ``ranking``.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from search import phrases, ranking
from search.concepts import Vocabulary
from search.document import CHANGED, DATE, FIT, Hit, Narrowing, Range, Results, Shown
from search.engine import Segment
from search.question import Question

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int32]
Values = NDArray[np.float64]


class Snapshot:
    """One commit, opened. Never changes; many threads may ask it at once."""

    def __init__(self, parts: list[tuple[Segment, list[int]]], vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.segments = [segment for segment, _deleted in parts]
        self.starts = np.concatenate([[0], np.cumsum([segment.count for segment in self.segments])]).astype(int)
        self.count = int(self.starts[-1])
        self.alive = np.ones(self.count, bool)
        for (_segment, deleted), start in zip(parts, self.starts[:-1], strict=True):
            self.alive[np.array(deleted, int) + start] = False
        self.lengths = self._joined([segment.lengths for segment in self.segments])
        self._numbers: dict[str, Values] = {}
        changed = self.number(CHANGED)
        self.age = np.empty(self.count, np.float64)
        self.age[np.argsort(changed, kind="stable")] = np.arange(self.count) / max(1, self.count)
        self.norm = ranking.norm(self.lengths)

    @staticmethod
    def _joined(parts: list[NDArray[np.float32]] | list[Values]) -> Values:
        return np.concatenate(parts).astype(np.float64) if parts else np.empty(0, np.float64)

    def find(self, question: Question, narrowing: Narrowing, shown: Shown) -> Results:
        """One page of what the question finds among the documents that share one of the scopes."""
        mine = self.open_to(narrowing) & phrases.fitting(self, question)
        chosen = {name: self.having_facet(name, values) for name, values in narrowing.filters.items() if values}
        scores, found = ranking.matching(self, question, self.within(mine, chosen))
        found &= mine
        fitting = self.within(found, chosen)
        return Results(
            total=int(np.count_nonzero(fitting)),
            hits=self.page(scores, fitting, shown),
            facets={name: self.counts(name, self.within(found, chosen, but=name)) for name in shown.facets},
        )

    def open_to(self, narrowing: Narrowing) -> Mask:
        """What may be found at all, whatever is asked; the facets' own filters are not in it yet."""
        mask = self.seen_by(narrowing.scopes)
        for name, values in narrowing.without.items():
            mask &= ~self.having_facet(name, values)
        for name, span in narrowing.ranges.items():
            mask &= self.between(name, span)
        return mask

    def seen_by(self, scopes: Iterable[str]) -> Mask:
        """The documents that share one of the scopes."""
        return self.having("scope", scopes) & self.alive

    def between(self, name: str, span: Range) -> Mask:
        """The documents whose number lies within the range."""
        least, below = span
        numbers = self.number(name)
        mask = np.ones(self.count, bool) if least is None else numbers >= least
        return mask if below is None else mask & (numbers < below)

    @staticmethod
    def within(mask: Mask, chosen: Mapping[str, Mask], but: str = "") -> Mask:
        """What of a mask passes the filters (``but`` one of them)."""
        for name, passing in chosen.items():
            if name != but:
                mask = mask & passing
        return mask

    def postings(self, field: str, term: str) -> tuple[Numbers, NDArray[np.float32]]:
        """A term's documents over all segments, and how often each has it."""
        lists = [segment.postings(field, term) for segment in self.segments]
        if not lists:
            return np.empty(0, np.int32), np.empty(0, np.float32)
        if len(lists) == 1:
            return lists[0]
        numbers = [found + np.int32(start) for (found, _times), start in zip(lists, self.starts[:-1], strict=True)]
        return np.concatenate(numbers), np.concatenate([times for _found, times in lists])

    def having(self, field: str, values: Iterable[str]) -> Mask:
        """The documents that have one of the values."""
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

    def page(self, scores: NDArray[np.float32], fitting: Mask, shown: Shown) -> list[Hit]:
        """The hits of one page: the best, newest or greatest first, of equals the newest."""
        numbers = np.flatnonzero(fitting)
        order = self.worth(scores, shown.order)[numbers].round(5) + self.age[numbers] * 1e-5
        last = min(len(numbers), shown.page * shown.limit)
        if last < len(numbers):
            best = np.argpartition(-order, last)[:last]
            numbers, order = numbers[best], order[best]
        ranked = numbers[np.argsort(-order, kind="stable")][(shown.page - 1) * shown.limit : last]
        return [self.hit(int(number), float(scores[number])) for number in ranked]

    def worth(self, scores: NDArray[np.float32], order: str) -> Values:
        """What the documents are ordered by."""
        if order == DATE:
            return self.age
        return scores.astype(np.float64) if order == FIT else self.number(order)

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
            found = np.bincount(codes[mask[numbers + int(start)]], minlength=len(values))
            counted.update({values[code]: int(found[code]) for code in np.flatnonzero(found)})
        return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))

    def beginning(self, prefixes: Iterable[str], scopes: Iterable[str], limit: int) -> list[str]:
        """The newest documents of these scopes whose titles have words that begin so, by their keys."""
        fitting = self.seen_by(scopes)
        for prefix in prefixes:
            fitting &= self.having("start", {word for part in self.segments for word in part.values("start", prefix)})
        numbers = np.flatnonzero(fitting)
        return [self.key(int(number)) for number in numbers[np.argsort(-self.age[numbers])][:limit]]

    def related(self, kind: str, number: int, scopes: frozenset[str], limit: int) -> list[Hit]:
        """Documents of the same kind, of these scopes, that share most with one of these scopes."""
        return []

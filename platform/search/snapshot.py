"""The index as it was at one commit, all in arrays: ranking, filters and counts happen here.

BM25 as Lucene writes it (Robertson and Zaragoza 2009; idf never negative), k1 1.2, b 0.75. Filters and scopes are
boolean columns, so that a count is right under all of them and nobody's hidden document is ever touched.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from math import log

import numpy as np
from numpy.typing import NDArray

from search.concepts import Vocabulary
from search.document import FACETS, Hit, Results
from search.engine import Segment
from search.question import Question

K1 = 1.2
B = 0.75
TITLE = 0.6
"""What a word in the title adds, in idfs, for short queries."""
ACROSS = 0.5
"""The weight of a concept beside the query's own words."""
ENOUGH = 10
"""Hits with all words that make those with only some of them unnecessary."""

Mask = NDArray[np.bool_]
Scores = NDArray[np.float32]
Filters = Mapping[str, Collection[str]]


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
        lengths = self._joined([segment.lengths for segment in self.segments])
        self.norm = K1 * ((1 - B) + B * lengths / max(1.0, float(lengths.mean()) if self.count else 1.0))
        self.changed = self._joined([segment.changed for segment in self.segments])
        self.age = np.empty(self.count, np.float64)
        self.age[np.argsort(self.changed, kind="stable")] = np.arange(self.count) / max(1, self.count)

    @staticmethod
    def _joined(parts: list[NDArray[np.float32]] | list[NDArray[np.float64]]) -> NDArray[np.float64]:
        return np.concatenate(parts).astype(np.float64) if parts else np.empty(0, np.float64)

    def find(self, question: Question, scopes: Iterable[str], filters: Filters, page: int, limit: int) -> Results:
        """One page of what the question finds among the documents that share one of the scopes."""
        mine = self.having("scope", scopes) & self.alive
        chosen = {name: self.having(name, values) for name, values in filters.items() if values}
        scores, found = self.matching(question, self.within(mine, chosen))
        fitting = self.within(found & mine, chosen)
        return Results(
            total=int(np.count_nonzero(fitting)),
            hits=self.page(scores, fitting, page, limit),
            facets={name: self.counts(name, self.within(found & mine, chosen, but=name)) for name in FACETS},
        )

    @staticmethod
    def within(mask: Mask, chosen: Mapping[str, Mask], but: str = "") -> Mask:
        """What of a mask passes the filters (``but`` one of them)."""
        for name, passing in chosen.items():
            if name != but:
                mask = mask & passing
        return mask

    def matching(self, question: Question, passing: Mask) -> tuple[Scores, Mask]:
        """Scores of all documents and which of them match: with all words where these are few and hits enough."""
        if not question.wanted and not question.spoken:
            return np.zeros(self.count, np.float32), np.full(self.count, question.empty)
        scores = np.zeros(self.count, np.float32)
        standing = {one.place: np.zeros(self.count, bool) for one in question.wanted}
        for one in question.wanted:
            self.add_word(scores, standing[one.place], one.terms, titles=question.few)
        for concept in question.spoken:
            numbers, times = self.postings("concept", concept.slug)
            scores[numbers] += ACROSS * self.bm25(numbers, times, len(numbers))
            for place in concept.words & standing.keys():
                standing[place][numbers] = True
        if question.few and standing:
            everything = np.logical_and.reduce(list(standing.values()))
            if np.count_nonzero(everything & passing) >= ENOUGH:
                return scores, everything
        return scores, scores > 0

    def add_word(self, scores: Scores, standing: Mask, terms: tuple[str, ...], *, titles: bool) -> None:
        """Add what one word is worth in each document. Its forms in several languages count as one word."""
        lists = [self.postings("text", term) for term in terms]
        frequency = max(len(numbers) for numbers, _times in lists)
        for term, (numbers, times) in zip(terms, lists, strict=True):
            scores[numbers] += self.bm25(numbers, times, frequency)
            standing[numbers] = True
            if titles and frequency:
                scores[self.postings("title", term)[0]] += TITLE * self.idf(frequency)

    def idf(self, frequency: int) -> float:
        """What a term that so many documents have is worth."""
        return log(1 + (self.count - frequency + 0.5) / (frequency + 0.5))

    def bm25(self, numbers: NDArray[np.int32], times: Scores, frequency: int) -> Scores:
        """What a term adds to each of the documents that have it."""
        if not len(numbers):
            return times
        return np.asarray(self.idf(frequency) * times * (K1 + 1) / (times + self.norm[numbers]), np.float32)

    def postings(self, field: str, term: str) -> tuple[NDArray[np.int32], Scores]:
        """A term's documents over all segments, and how often each has it."""
        lists = [segment.postings(field, term) for segment in self.segments]
        if not lists:
            return np.empty(0, np.int32), np.empty(0, np.float32)
        numbers = [found + int(start) for (found, _times), start in zip(lists, self.starts[:-1], strict=True)]
        return np.concatenate(numbers), np.concatenate([times for _found, times in lists])

    def having(self, field: str, values: Iterable[str]) -> Mask:
        """The documents that have one of the values."""
        mask = np.zeros(self.count, bool)
        for value in values:
            mask[self.postings(field, value)[0]] = True
        return mask

    def page(self, scores: Scores, fitting: Mask, page: int, limit: int) -> list[Hit]:
        """The hits of one page, the best first, of equals the newest."""
        numbers = np.flatnonzero(fitting)
        order = scores[numbers].round(5) + self.age[numbers] * 1e-5
        last = min(len(numbers), page * limit)
        if last < len(numbers):
            best = np.argpartition(-order, last)[:last]
            numbers, order = numbers[best], order[best]
        ranked = numbers[np.argsort(-order, kind="stable")][(page - 1) * limit : last]
        return [self.hit(int(number), float(scores[number])) for number in ranked]

    def hit(self, number: int, score: float) -> Hit:
        """The document of a number."""
        kind, _colon, key = self.key(number).partition(":")
        return Hit(kind, int(key), score)

    def key(self, number: int) -> str:
        """What the document of a number is called in the index, such as ``lesson:7``."""
        part = int(np.searchsorted(self.starts, number, side="right")) - 1
        return self.segments[part].keys[number - int(self.starts[part])]

    def counts(self, field: str, mask: Mask) -> dict[str, int]:
        """How many documents of a mask have each value, the most frequent first."""
        counted: Counter[str] = Counter()
        for segment, start in zip(self.segments, self.starts[:-1], strict=True):
            values, numbers, codes = segment.column(field)
            found = np.bincount(codes[mask[numbers + int(start)]], minlength=len(values))
            counted.update({values[code]: int(found[code]) for code in np.flatnonzero(found)})
        return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))

    def beginning(self, prefixes: Iterable[str], scopes: Iterable[str], limit: int) -> list[str]:
        """The newest documents of these scopes whose titles have words that begin so, by their keys."""
        fitting = self.having("scope", scopes) & self.alive
        for prefix in prefixes:
            fitting &= self.having("start", {word for part in self.segments for word in part.values("start", prefix)})
        numbers = np.flatnonzero(fitting)
        return [self.key(int(number)) for number in numbers[np.argsort(-self.changed[numbers])][:limit]]

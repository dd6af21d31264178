"""How well each document answers a question.

BM25 as Lucene writes it (Robertson and Zaragoza 2009; idf never negative), k1 1.2, b 0.75, over one field of
everything that is read.
"""

from collections.abc import Sequence
from math import log
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

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


class Postings(Protocol):
    """What of a snapshot is needed here."""

    count: int
    norm: NDArray[np.float64]

    def postings(self, field: str, term: str) -> tuple[NDArray[np.int32], Scores]:
        """A term's documents and how often each has it."""


def norm(lengths: NDArray[np.float64]) -> NDArray[np.float64]:
    """What each document's length adds below BM25's fraction."""
    return K1 * ((1 - B) + B * lengths / max(1.0, float(lengths.mean()) if len(lengths) else 1.0))


def matching(index: Postings, question: Question, passing: Mask) -> tuple[Scores, Mask]:
    """Scores of all documents and which of them match: with all words where these are few and hits enough."""
    scores = np.zeros(index.count, np.float32)
    if not question.wanted and not question.spoken:
        return scores, np.full(index.count, question.open)
    standing = {one.place: np.zeros(index.count, bool) for one in question.wanted}
    for one in question.wanted:
        add_word(index, scores, standing[one.place], one.terms, titles=question.few)
    for concept in question.spoken:
        numbers, times = index.postings("concept", concept.slug)
        scores[numbers] += ACROSS * bm25(index, numbers, times, len(numbers))
        for place in concept.words & standing.keys():
            standing[place][numbers] = True
    if question.few and standing:
        everything = np.logical_and.reduce(list(standing.values()))
        if np.count_nonzero(everything & passing) >= ENOUGH:
            return scores, everything
    return scores, scores > 0


def add_word(index: Postings, scores: Scores, standing: Mask, terms: Sequence[str], *, titles: bool) -> None:
    """Add what one word is worth in each document. Its forms in several languages count as one word."""
    lists = [index.postings("text", term) for term in terms]
    frequency = max(len(numbers) for numbers, _times in lists)
    for term, (numbers, times) in zip(terms, lists, strict=True):
        scores[numbers] += bm25(index, numbers, times, frequency)
        standing[numbers] = True
        if titles and frequency:
            scores[index.postings("title", term)[0]] += TITLE * idf(index, frequency)


def idf(index: Postings, frequency: int) -> float:
    """What a term that so many documents have is worth."""
    return log(1 + (index.count - frequency + 0.5) / (frequency + 0.5))


def bm25(index: Postings, numbers: NDArray[np.int32], times: Scores, frequency: int) -> Scores:
    """What a term adds to each of the documents that have it."""
    if not len(numbers):
        return times
    return np.asarray(idf(index, frequency) * times * (K1 + 1) / (times + index.norm[numbers]), np.float32)

"""How well each document answers a question.

BM25 as Lucene writes it (Robertson and Zaragoza 2009; idf never negative), k1 1.5, b 0.75, over one field of
everything that is read. A word is worth the mean of itself and of its kin together (see ``kindred``); in English, where
kin were a loss, of itself alone.
"""

from math import log

import numpy as np
from numpy.typing import NDArray

from search.question import Question
from search.view import Forms, View

K1 = 1.5
B = 0.75
TITLE = 0.6
"""What a word in the title or a tag adds, in idfs, for short queries."""
BESIDE = 0.5
"""The weight of a concept beside the query's own words, in texts of the asker's language."""
ACROSS = 2.0
"""Its weight in texts of other languages, where it stands for the words."""
TRANSLATED = 0.95
"""The weight of what a translation is worth."""
ENOUGH = 10
"""Hits with all words that make those with only some of them unnecessary."""

Mask = NDArray[np.bool_]
Scores = NDArray[np.float32]
Numbers = NDArray[np.int32]


def matching(view: View, question: Question, passing: Mask) -> tuple[Scores, Mask]:
    """Scores of all documents and which of them match: with all words where these are few and hits enough."""
    scores = np.zeros(len(view.mask), np.float32)
    if not question.wanted and not question.spoken:
        return scores, np.full(len(view.mask), question.open)
    standing = {one.place: np.zeros(len(view.mask), bool) for one in question.wanted}
    for one in question.wanted:
        add_word(view, scores, standing[one.place], one.forms, titles=question.few)
    for concept in question.spoken:
        numbers, times = view.postings("concept", concept.slug)
        own = view.arrays.spoken_in(question.language)[numbers]
        scores[numbers] += np.where(own, BESIDE, ACROSS) * bm25(view, numbers, times, len(numbers))
        for place in concept.words & standing.keys():
            standing[place][numbers] = True
    if question.language:
        scores = told_alike(view, scores)
    if question.few and standing:
        everything = np.logical_and.reduce(list(standing.values()))
        if question.language:
            everything = told_alike(view, everything.astype(np.float32)) > 0
        if np.count_nonzero(everything & passing) >= ENOUGH:
            return scores, everything
    return scores, scores > 0


def told_alike(view: View, scores: Scores) -> Scores:
    """What a document is worth with what its translations are: they say the same."""
    members = view.arrays.told_alike
    family = view.arrays.family[members]
    best = np.zeros(int(view.arrays.family.max(initial=-1)) + 1, np.float32)
    np.maximum.at(best, family, scores[members])
    shared = scores.copy()
    shared[members] = np.maximum(scores[members], TRANSLATED * best[family])
    shared[~view.mask] = 0
    return shared


def add_word(view: View, scores: Scores, standing: Mask, forms: Forms, *, titles: bool) -> None:
    """Add what one word is worth in each document, in the form of the document's language."""
    numbers, times = view.holding("text", forms)
    scores[numbers] += bm25(view, numbers, times, len(numbers)) / 2
    standing[numbers] = True
    if titles and len(numbers):
        scores[view.holding("title", forms)[0]] += TITLE * idf(view, len(numbers))
    numbers, times = view.with_kin(forms)
    scores[numbers] += bm25(view, numbers, times, len(numbers)) / 2


def idf(view: View, frequency: int) -> float:
    """What a term that so many documents have is worth."""
    return log(1 + (view.count - frequency + 0.5) / (frequency + 0.5))


def bm25(view: View, numbers: Numbers, times: Scores, frequency: int) -> Scores:
    """What a term adds to each of the documents that have it."""
    if not len(numbers):
        return times
    norm = K1 * ((1 - B) + B * view.lengths[numbers] / view.mean_length)
    return np.asarray(idf(view, frequency) * times * (K1 + 1) / (times + norm), np.float32)

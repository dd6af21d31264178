"""Words that must stand together, and words that must not stand at all: looked up in the documents that have them all.

A stop word is any word here: ``"rule of law"`` is *rule*, something, *law*.
"""

import numpy as np
from numpy.typing import NDArray

from search.arrays import Arrays, Mask
from search.question import Phrase, Question
from search.segment import Segment


def fitting(index: Arrays, question: Question) -> Mask:
    """The documents that have every phrase of the question and nothing that it refuses."""
    mask = np.ones(index.count, bool)
    for phrase in question.phrases:
        mask &= holding(index, phrase)
    for phrase in question.without:
        mask &= ~holding(index, phrase)
    return mask


def holding(index: Arrays, phrase: Phrase) -> Mask:
    """The documents that have a phrase, in whichever language's terms."""
    mask = np.zeros(index.count, bool)
    for segment, start in zip(index.segments, index.starts[:-1], strict=True):
        for terms in phrase:
            mask[standing(segment, terms) + int(start)] = True
    return mask


def standing(segment: Segment, terms: tuple[tuple[str, int], ...]) -> NDArray[np.int32]:
    """The documents of a segment in which these terms stand as far from each other as they do here."""
    lists = {term: segment.postings("text", term)[0] for term, _place in terms}
    numbers = min(lists.values(), key=len)
    for others in lists.values():
        numbers = np.intersect1d(numbers, others, assume_unique=True)
    if len(terms) == 1 or not len(numbers):
        return numbers
    places = {term: segment.places(term, numbers) for term in lists}
    kept = [number for number in numbers.tolist() if together([places[term][number] - at for term, at in terms])]
    return np.array(kept, np.int32)


def together(begins: list[NDArray[np.int32]]) -> bool:
    """Whether some place is where all of the words say that the phrase begins."""
    common = begins[0]
    for others in begins[1:]:
        common = np.intersect1d(common, others, assume_unique=True)
    return bool(len(common))

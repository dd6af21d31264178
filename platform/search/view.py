"""The index as those see it who share some scopes: whatever is worked out here is as if nothing else were in it.

Frequencies, mean lengths, kin and what may have been mistyped are all of visible documents, so that not even a score
tells of a hidden one. (A property test compares the answers with those of an index without the hidden documents.)
"""

from collections.abc import Collection, Iterable

import numpy as np

from search.analysis import LANGUAGES
from search.arrays import Arrays, Mask, Numbers, Weights
from search.kindred import MOST
from search.question import ANY, OTHER

WITH_KIN = frozenset({*LANGUAGES, OTHER}) - {"en"}
"""English documents are searched for the words as they are."""
Forms = tuple[tuple[str, str], ...]
"""What a word is in which language."""
REMEMBERED = 500
"""Words whose kin a view remembers."""


class View:
    """What the holders of some scopes see of one commit."""

    def __init__(self, arrays: Arrays, scopes: Iterable[str]) -> None:
        self.arrays = arrays
        self.mask: Mask = arrays.having("scope", scopes) & arrays.alive
        self.count = int(np.count_nonzero(self.mask))
        self.lengths = arrays.lengths
        self.mean_length = float(self.lengths[self.mask].mean()) if self.count else 1.0
        self._with_kin: dict[Forms, tuple[Numbers, Weights]] = {}

    def postings(self, field: str, term: str, language: str = ANY) -> tuple[Numbers, Weights]:
        """The visible documents that have a term, and how often; only those in a language, if one is told."""
        numbers, times = self.arrays.postings(field, term)
        seen = self.mask[numbers] if language == ANY else (self.mask & self.arrays.spoken_in(language))[numbers]
        return (numbers, times) if seen.all() else (numbers[seen], times[seen])

    def knows(self, forms: Forms) -> bool:
        """Whether a visible document has one of the forms."""
        return any(len(self.postings("text", term, language)[0]) for language, term in forms)

    def holding(self, field: str, forms: Forms) -> tuple[Numbers, Weights]:
        """The documents that have a word in the form of their language, and how often."""
        return self.gathered(field, [(term, language, 1.0) for language, term in forms])

    def with_kin(self, forms: Forms) -> tuple[Numbers, Weights]:
        """The same with the word's kin, counted by their likeness."""
        if forms not in self._with_kin:
            if len(self._with_kin) >= REMEMBERED:
                self._with_kin.clear()
            wanted = [(term, language, 1.0) for language, term in forms]
            for language, term in forms:
                for spoken in WITH_KIN if language == ANY else WITH_KIN & {language}:
                    wanted += [(kin, spoken, likeness) for kin, likeness in self.kin(term, spoken)]
            self._with_kin[forms] = self.gathered("text", wanted)
        return self._with_kin[forms]

    def gathered(self, field: str, wanted: Collection[tuple[str, str, float]]) -> tuple[Numbers, Weights]:
        """The documents that have one of these terms in these languages, and how often, by weight."""
        times = np.zeros(len(self.mask), np.float32)
        self.arrays.fetch(field, {term for term, _language, _weight in wanted})
        for term, language, weight in wanted:
            numbers, often = self.postings(field, term, language)
            times[numbers] += np.float32(weight) * often
        numbers = np.flatnonzero(times).astype(np.int32)
        return numbers, times[numbers]

    def kin(self, term: str, language: str) -> list[tuple[str, float]]:
        """Words of visible documents in a language that are like this one, the likest first, itself left out."""
        alike: dict[str, float] = {}
        for segment in self.arrays.segments:
            alike.update(segment.lexicon.kin(term))
        found: list[tuple[str, float]] = []
        likest = sorted(alike, key=lambda word: (-alike[word], word))
        self.arrays.fetch("text", likest[: 2 * MOST])
        for word in likest:
            if len(found) == MOST:
                break
            if word != term and len(self.postings("text", word, language)[0]):
                found.append((word, alike[word]))
        return found

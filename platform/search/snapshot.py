"""One commit of the index, opened, with the vocabulary that it was made with: it answers questions.

Filters and scopes are boolean columns, so that a count is right under all of them and nobody's hidden document is ever
touched.
"""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from search import phrases, ranking
from search.arrays import Arrays, Mask, Values
from search.concepts import Vocabulary
from search.document import DATE, FACETS, FIT, Hit, Narrowing, Range, Results, Shown
from search.question import Question
from search.segment import Segment
from search.view import View

VIEWS = 64
"""Sets of scopes whose views are kept: one a person who searches, roughly."""


class Snapshot:
    """Never changes; many threads may ask it at once."""

    def __init__(self, parts: list[tuple[Segment, list[int]]], vocabulary: Vocabulary) -> None:
        self.arrays, self.vocabulary = Arrays(parts), vocabulary
        self._views: dict[frozenset[str], View] = {}

    @property
    def segments(self) -> list[Segment]:
        """What the next commit may go on with."""
        return self.arrays.segments

    def prepare(self) -> None:
        """Lay out what the first search would wait for: the words, for their kin, and the columns that are counted."""
        for segment in self.segments:
            _words = segment.lexicon
            for facet in FACETS:
                segment.column(facet)

    def view(self, scopes: Iterable[str]) -> View:
        """What the holders of these scopes see."""
        wanted = frozenset(scopes)
        view = self._views.get(wanted)
        if view is None:
            if len(self._views) >= VIEWS:
                self._views.clear()
            view = self._views[wanted] = View(self.arrays, wanted)
        return view

    def find(self, question: Question, narrowing: Narrowing, shown: Shown) -> Results:
        """One page of what the question finds among the documents that share one of the scopes."""
        view = self.view(narrowing.scopes)
        mine = self.open_to(view, narrowing) & phrases.fitting(self.arrays, question)
        having = self.arrays.having_facet
        chosen = {name: having(name, values) for name, values in narrowing.filters.items() if values}
        scores, found = ranking.matching(view, question, within(mine, chosen))
        found &= mine
        fitting = within(found, chosen)
        return Results(
            total=int(np.count_nonzero(fitting)),
            hits=self.page(scores, fitting, shown),
            facets={name: self.arrays.counts(name, within(found, chosen, but=name)) for name in shown.facets},
        )

    def open_to(self, view: View, narrowing: Narrowing) -> Mask:
        """What may be found at all, whatever is asked; the facets' own filters are not in it yet."""
        mask = view.mask.copy()
        for name, values in narrowing.without.items():
            mask &= ~self.arrays.having_facet(name, values)
        for name, span in narrowing.ranges.items():
            mask &= between(self.arrays.number(name), span)
        return mask

    def page(self, scores: NDArray[np.float32], fitting: Mask, shown: Shown) -> list[Hit]:
        """The hits of one page: the best, newest or greatest first, of equals the newest."""
        numbers = np.flatnonzero(fitting)
        age = self.arrays.age
        order = self.worth(scores, shown.order)[numbers].round(5) + age[numbers] * 1e-5
        last = min(len(numbers), shown.page * shown.limit)
        if last < len(numbers):
            best = np.argpartition(-order, last)[:last]
            numbers, order = numbers[best], order[best]
        ranked = numbers[np.argsort(-order, kind="stable")][(shown.page - 1) * shown.limit : last]
        return [self.arrays.hit(int(number), float(scores[number])) for number in ranked]

    def worth(self, scores: NDArray[np.float32], order: str) -> Values:
        """What the documents are ordered by."""
        if order == DATE:
            return self.arrays.age
        return scores.astype(np.float64) if order == FIT else self.arrays.number(order)

    def beginning(self, prefixes: Iterable[str], scopes: Iterable[str], limit: int) -> list[str]:
        """The newest documents of these scopes whose titles have words that begin so, by their keys."""
        fitting = self.view(scopes).mask.copy()
        for prefix in prefixes:
            words = {word for part in self.segments for word in part.values("start", prefix)}
            fitting &= self.arrays.having("start", words)
        numbers = np.flatnonzero(fitting)
        return [self.arrays.key(int(number)) for number in numbers[np.argsort(-self.arrays.age[numbers])][:limit]]


def within(mask: Mask, chosen: Mapping[str, Mask], but: str = "") -> Mask:
    """What of a mask passes the filters (``but`` one of them)."""
    for name, passing in chosen.items():
        if name != but:
            mask = mask & passing
    return mask


def between(numbers: Values, span: Range) -> Mask:
    """The documents whose number lies within the range."""
    least, below = span
    mask = np.ones(len(numbers), bool) if least is None else numbers >= least
    return mask if below is None else mask & (numbers < below)

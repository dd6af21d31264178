"""Documents that are about the same: those that share the most concepts and telling words."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from search.document import Hit
from search.ranking import bm25, idf
from search.view import View

TELLING = 25
"""Words of a document that stand for what it is about."""
LEAST = 2
"""A word that only one document has leads nowhere."""


def related(view: View, document: Mapping[str, Any], limit: int) -> list[Hit]:
    """What a view has that is like a document (as ``fields`` makes it), of the same kind, the likest first,
    of equals the newest."""
    scores = np.zeros(len(view.mask), np.float32)
    told = {term: len(places) for term, places in document["text"].items()}
    for field, counted in (("text", telling(view, told)), ("concept", document["concept"])):
        view.arrays.fetch(field, counted)
        for term, often in counted.items():
            numbers, times = view.postings(field, term)
            scores[numbers] += bm25(view, numbers, times, len(numbers)) * (often / (often + 1.2))
    kind = document["key"].partition(":")[0]
    fitting = view.arrays.having_facet("kind", [kind]) & view.mask & (scores > 0)
    alike = np.flatnonzero(fitting)
    ranked = alike[np.lexsort((-view.arrays.age[alike], -scores[alike].round(5)))].tolist()
    hits = (view.arrays.hit(number, float(scores[number])) for number in ranked[: limit + 1])
    return [hit for hit in hits if f"{hit.kind}:{hit.id}" != document["key"]][:limit]


def telling(view: View, told: Mapping[str, int]) -> dict[str, int]:
    """The words that tell the most of a document: often here, seldom elsewhere."""
    view.arrays.fetch("text", told)
    seen = {term: len(view.postings("text", term)[0]) for term in told}
    worth = {term: often * idf(view, seen[term]) for term, often in told.items() if seen[term] >= LEAST}
    return {term: told[term] for term in sorted(worth, key=lambda term: (-worth[term], term))[:TELLING]}

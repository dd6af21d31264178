"""The poorer answer while the index is away: titles and beginnings that hold every word, straight from the database."""

from collections import Counter
from collections.abc import Collection, Mapping
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from search.analysis import WORD, fold
from search.document import FACETS, Hit, Results
from search.models import Entry


def find_without_index(
    query: str, scopes: Collection[str], filters: Mapping[str, list[str]], page: int, limit: int
) -> Results:
    """``find`` by ``contains``, newest first, saying that it is the poorer answer."""
    rows = list(visible(scopes, query).order_by("-changed_at", "pk").values_list("kind", "key", "language", "facets"))
    values = [{**facets, "language": [language], "kind": [kind]} for kind, _key, language, facets in rows]
    fitting = [row for row, has in zip(rows, values, strict=True) if fits(has, filters)]
    shown = fitting[(page - 1) * limit : page * limit]
    return Results(
        total=len(fitting),
        hits=[Hit(kind, key, 0.0) for kind, key, *_rest in shown],
        facets={name: counts(name, values, filters) for name in FACETS},
        degraded=_("The search index is being built. Until it is there, only titles and beginnings are searched."),
    )


def visible(scopes: Collection[str], query: str = "") -> QuerySet[Entry]:
    """Entries that share a scope with the searcher and hold every word of the query in their lead."""
    shared = reduce(or_, (Q(scope_line__contains=f"|{scope}|") for scope in scopes), Q(pk=None))
    found = Entry.objects.filter(shared)
    for word in WORD.findall(fold(query)):
        found = found.filter(lead__contains=word)
    return found


def fits(has: Mapping[str, list[str]], filters: Mapping[str, list[str]]) -> bool:
    """Whether each filter has one of its values here."""
    return all(set(wanted) & set(has.get(name, ())) for name, wanted in filters.items() if wanted)


def counts(name: str, values: list[dict[str, list[str]]], filters: Mapping[str, list[str]]) -> dict[str, int]:
    """How often each value of a facet stands under the other facets' filters, the most frequent first."""
    others = {other: wanted for other, wanted in filters.items() if other != name}
    counted = Counter(value for has in values if fits(has, others) for value in set(has.get(name, ())))
    return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))

"""The poorer answer while the index is away: titles and beginnings that hold every word, straight from the database."""

from collections import Counter
from collections.abc import Collection, Mapping
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from search.analysis import WORD, fold
from search.document import CHANGED, DATE, FIT, Hit, Narrowing, Range, Results, Shown
from search.models import Entry
from search.operators import worded


def find_without_index(query: str, narrowing: Narrowing, shown: Shown) -> Results:
    """``find`` by ``contains``, saying that it is the poorer answer; phrases are words here."""
    rows = ordered(list(visible(narrowing.scopes, query).defer("text", "lead")), shown.order)
    values = [{**row.facets, "language": [row.language], "kind": [row.kind]} for row in rows]
    open_to = [
        (row, has)
        for row, has in zip(rows, values, strict=True)
        if within(row, narrowing.ranges) and not refused(has, narrowing.without)
    ]
    fitting = [row for row, has in open_to if fits(has, narrowing.filters)]
    return Results(
        total=len(fitting),
        hits=[
            Hit(row.kind, row.key, 0.0) for row in fitting[(shown.page - 1) * shown.limit : shown.page * shown.limit]
        ],
        facets={name: counts(name, [has for _row, has in open_to], narrowing.filters) for name in shown.facets},
        degraded=_("The search index is being built. Until it is there, only titles and beginnings are searched."),
    )


def ordered(rows: list[Entry], order: str) -> list[Entry]:
    """The newest first, or by a number of theirs."""
    rows.sort(key=lambda row: (-row.changed_at.timestamp(), row.pk))
    return rows if order in (FIT, DATE) else sorted(rows, key=lambda row: -row.numbers.get(order, 0.0))


def within(row: Entry, ranges: Mapping[str, Range]) -> bool:
    """Whether each number is within its range; a number that is not there is 0."""
    numbers = {**row.numbers, CHANGED: row.changed_at.timestamp()}
    return all(
        (least is None or numbers.get(name, 0.0) >= least) and (below is None or numbers.get(name, 0.0) < below)
        for name, (least, below) in ranges.items()
    )


def visible(scopes: Collection[str], query: str = "") -> QuerySet[Entry]:
    """Entries that share a scope with the searcher and hold every word of the query in their lead, and none that it
    refuses."""
    shared = reduce(or_, (Q(scope_line__contains=f"|{scope}|") for scope in scopes), Q(pk=None))
    found, said = Entry.objects.filter(shared), worded(query)
    for word in WORD.findall(fold(said.words)):
        found = found.filter(lead__contains=word)
    for phrase in said.without:
        found = found.exclude(lead__contains=fold(phrase))
    return found


def fits(has: Mapping[str, list[str]], filters: Mapping[str, Collection[str]]) -> bool:
    """Whether each filter has one of its values here."""
    return all(set(wanted) & set(has.get(name, ())) for name, wanted in filters.items() if wanted)


def refused(has: Mapping[str, list[str]], without: Mapping[str, Collection[str]]) -> bool:
    """Whether a value is here that is not wanted."""
    return any(set(values) & set(has.get(name, ())) for name, values in without.items())


def counts(name: str, values: list[dict[str, list[str]]], filters: Mapping[str, Collection[str]]) -> dict[str, int]:
    """How often each value of a facet stands under the other facets' filters, the most frequent first."""
    others = {other: wanted for other, wanted in filters.items() if other != name}
    counted = Counter(value for has in values if fits(has, others) for value in set(has.get(name, ())))
    return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))

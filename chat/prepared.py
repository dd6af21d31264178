"""Queries of the hot path: to write their SQL takes Django ten times as long as a database takes to answer them."""

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import chain
from typing import Any, Generic, TypeVar

from django.db import connection, models
from django.db.models.query import get_related_populators  # type: ignore[attr-defined]  # the stubs lack it

M = TypeVar("M", bound=models.Model)

MOST = 50
"""Ids in one list; with more of them the query is an ordinary one, whose price they share."""


class Prepared(Generic[M]):
    """A query by one or more lists of ids, which gives the same rows as ``make`` would, and whose SQL is kept for each
    length of these lists::

        rooms = Prepared(lambda ids: Room.objects.filter(pk__in=ids))
        rooms([7, 9])

    Nothing else in the query may change from call to call: no clock, no setting.
    """

    def __init__(self, make: Callable[..., models.QuerySet[M]]) -> None:
        self.make = make
        self.written: dict[tuple[object, ...], Written[M]] = {}

    def __call__(self, *lists: Collection[int]) -> list[M]:
        sizes = [len(ids) for ids in lists]
        if 0 in sizes:
            return []
        if max(sizes) > MOST:
            return list(self.make(*lists))
        key = (connection.vendor, *sizes)
        if key not in self.written:
            self.written[key] = Written(self.make(*stand_ins(sizes)))
        return list(self.written[key].ask(list(chain(*lists))))


class Written(Generic[M]):
    """The SQL of one query, and how its rows become models (as ``ModelIterable`` of Django makes them)."""

    def __init__(self, query: models.QuerySet[M]) -> None:
        self.compiler: Any = query.query.get_compiler(connection=connection)
        self.sql, self.parameters = self.compiler.as_sql()
        columns = self.compiler.select[: self.compiler.col_count]
        self.converters = self.compiler.get_converters([column[0] for column in columns])
        first, *_, last = self.compiler.klass_info["select_fields"]
        self.own = slice(first, last + 1)
        self.names = [column[0].target.attname for column in self.compiler.select[self.own]]
        self.model: type[M] = query.model
        self.related = get_related_populators(self.compiler.klass_info, self.compiler.select, connection.alias)

    def ask(self, ids: Sequence[int]) -> Iterator[M]:
        """The rows for these ids, which take the places of the stand-ins."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [ids[-one - 1] if is_stand_in(one) else one for one in self.parameters])
            rows = cursor.fetchall()
        for row in self.compiler.apply_converters(rows, self.converters):
            made = self.model.from_db(connection.alias, self.names, row[self.own])
            for populator in self.related:
                populator.populate(row, made)
            for name, column in self.compiler.annotation_col_map.items():
                setattr(made, name, row[column])
            yield made


def stand_ins(sizes: Sequence[int]) -> Iterator[list[int]]:
    """Lists of these sizes with -1, -2, -3 …, which are nobody's ids."""
    upto = 0
    for size in sizes:
        yield [-number - 1 for number in range(upto, upto + size)]
        upto += size


def is_stand_in(parameter: object) -> bool:
    """True for what ``ask`` puts an id in the place of."""
    return isinstance(parameter, int) and parameter < 0

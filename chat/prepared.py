"""Queries of the hot path: to write their SQL takes Django ten times as long as a database takes to answer them."""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, Generic, TypeVar

from django.db import connection, models
from django.db.models.query import get_related_populators  # type: ignore[attr-defined]  # the stubs lack it

from chat.models.making import made
from chat.models.rows import planned

M = TypeVar("M", bound=models.Model)
Row = tuple[Any, ...]

SIZES = (1, 2, 5, 10, 20, 50)
MOST = SIZES[-1]
"""Ids in one list; with more of them the query is an ordinary one, whose price they share."""
MOST_KEPT = 20_000
"""Rows whose models are kept; then all are made anew."""


class Prepared(Generic[M]):
    """A query by one or more lists of ids, which gives the same rows as ``make`` would, and whose SQL is kept for a few
    sizes of these lists::

        rooms = Prepared(lambda ids: Room.objects.filter(pk__in=ids))
        rooms([7, 9])

    Nothing else in the query may change from call to call: no clock, no setting.

    With ``shared``, a row that reads as it did before gives the very model that it gave then, which nobody may change:
    to make one takes longer than to read its row.
    """

    def __init__(self, make: Callable[..., models.QuerySet[M]], *, shared: bool = False) -> None:
        self.make = make
        self.kept: dict[Row, M] | None = {} if shared else None
        self.written: dict[tuple[object, ...], Written[M]] = {}

    def __call__(self, *lists: Collection[int]) -> list[M]:
        lengths = [len(ids) for ids in lists]
        if 0 in lengths:
            return []
        if max(lengths) > MOST:
            return list(self.make(*lists))
        sizes = [size_for(length) for length in lengths]
        key = (connection.vendor, *sizes)
        if key not in self.written:
            self.written[key] = Written(self.make(*stand_ins(sizes)))
        written = self.written[key]
        rows = written.ask([pk for ids, size in zip(lists, sizes, strict=True) for pk in filled(ids, size)])
        return list(written.models(rows)) if self.kept is None else [self.known(row, written) for row in rows]

    def known(self, row: Row, written: "Written[M]") -> M:
        """The model of a row that was seen before, or is now."""
        if self.kept is None or len(self.kept) > MOST_KEPT:
            self.kept = {}
        if (model := self.kept.get(row)) is None:
            model = self.kept[row] = next(written.models([row]))
        return model


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

    def ask(self, ids: Sequence[int]) -> list[Row]:
        """The rows for these ids, which take the places of the stand-ins."""
        with planned() as cursor:
            cursor.execute(self.sql, [ids[-one - 1] if is_stand_in(one) else one for one in self.parameters])
            rows: list[Row] = cursor.fetchall()
        return rows

    def models(self, rows: Sequence[Row]) -> Iterator[M]:
        """What these rows say."""
        for row in self.compiler.apply_converters(rows, self.converters):
            one = made(self.model, dict(zip(self.names, row[self.own], strict=True)), connection.alias)
            for populator in self.related:
                populator.populate(row, one)
            for name, column in self.compiler.annotation_col_map.items():
                setattr(one, name, row[column])
            yield one


def size_for(length: int) -> int:
    """The places for so many ids: few sizes, so that few queries are written, and planned by the database."""
    return next(size for size in SIZES if size >= length)


def filled(ids: Collection[int], size: int) -> list[int]:
    """The ids in ``size`` places; the last one may stand in several, which asks for nothing more."""
    found = list(ids)
    return found + found[-1:] * (size - len(found))


def stand_ins(sizes: Sequence[int]) -> Iterator[list[int]]:
    """Lists of these sizes with -1, -2, -3 …, which are nobody's ids."""
    upto = 0
    for size in sizes:
        yield [-number - 1 for number in range(upto, upto + size)]
        upto += size


def is_stand_in(parameter: object) -> bool:
    """True for what ``ask`` puts an id in the place of."""
    return isinstance(parameter, int) and parameter < 0

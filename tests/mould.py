"""What many tests begin with is made once in a run; each of them gets its rows again, in a tenth of the time."""

import pickle
from collections.abc import Callable
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.apps import apps
from django.db import connection, transaction
from django.db.models import DateTimeField, Model
from django.utils import timezone

Made = TypeVar("Made")
Row = tuple[Any, ...]

FIRST, APART, ROOM = 20_000, 1_000, 100
"""Each table counts from a number of its own, so that a number taken for another table's finds nothing there; and
leaves room for what was made once, so that nothing else gets its numbers."""


class Mould(Generic[Made]):
    """What ``build`` gives, and the rows that it leaves."""

    def __init__(self, build: Callable[[], Made]) -> None:
        count_apart(FIRST)
        self.began = timezone.now()
        with transaction.atomic():
            before = contents()
            self.made = pickle.dumps(build())
            after = contents()
            transaction.set_rollback(True)
        self.ended = timezone.now()
        count_apart(FIRST + ROOM)
        gone = [row for model, rows in before.items() for row in rows if row not in after[model]]
        assert gone == [], "a mould holds new rows only"
        self.rows = {model: [row for row in rows if row not in before[model]] for model, rows in after.items()}

    def cast(self) -> Made:
        """The same rows in the database as it is now, and what goes with them. What bears the moment of its making
        bears this one."""
        now = timezone.now()
        with transaction.atomic(), connection.cursor() as cursor:  # where keys of other tables are looked at once
            for model, rows in self.rows.items():
                if rows:
                    cursor.execute(*self._insertion(model, rows, now))
        made: Made = pickle.loads(self.made)
        for thing in vars(made).values():
            for field in fields(type(thing)) if isinstance(thing, Model) else []:
                setattr(thing, field.attname, self._moved(field, getattr(thing, field.attname), now))
        return made

    def _insertion(self, model: type[Model], rows: list[Row], now: datetime) -> tuple[str, list[Any]]:
        """The statement that inserts all rows, and its values."""
        quote = connection.ops.quote_name
        columns = fields(model)
        names = ", ".join(quote(field.column) for field in columns)
        places = ", ".join([f"({', '.join(['%s'] * len(columns))})"] * len(rows))
        values = [
            field.get_db_prep_save(self._moved(field, value, now), connection)
            for row in rows
            for field, value in zip(columns, row, strict=True)
        ]
        return f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES {places}", values

    def _moved(self, field: Any, value: Any, now: datetime) -> Any:
        """A moment in which this was made, as far from now as it was from the end of the making."""
        if isinstance(field, DateTimeField) and value and self.began <= value <= self.ended:
            return now - (self.ended - value)
        return value


def fields(model: type[Model]) -> list[Any]:
    """The fields that have a column."""
    return list(model._meta.concrete_fields)


def tables() -> list[type[Model]]:
    """Every model with a table of its own, those between two others included."""
    return [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]


def contents() -> dict[type[Model], list[Row]]:
    """Every row of every table."""
    return {
        model: list(model._base_manager.values_list(*[field.attname for field in fields(model)])) for model in tables()
    }


def count_apart(first: int) -> None:
    """Have the next row of each table that counts get ``first`` and a little, so many thousands apart."""
    with connection.cursor() as cursor:
        for place, model in enumerate(tables()):
            if model._meta.auto_field:
                count_from(cursor, model, first + place * APART)


def count_from(cursor: Any, model: type[Model], number: int) -> None:
    """Have the next row of this table get what follows ``number``."""
    table = model._meta.db_table
    if connection.vendor == "postgresql":
        column = model._meta.auto_field.column  # type: ignore[union-attr]  # asked by the caller
        cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [f'"{table}"', column, number])
    else:
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number])

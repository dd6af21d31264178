"""After a test that commits, the tables are again as the migrations left them."""

from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from tests.mould import Row, fields, tables


class Emptying:
    """What the tables hold now is what they hold after each ``begin_again``.

    Django's own way, ``flush``, asks every app again for its permissions, types and themes: a tenth of a second, where
    these tables hardly ever change.
    """

    def __init__(self) -> None:
        self.first = {model: rows for model in tables() if (rows := rows_of(model))}

    def begin_again(self) -> None:
        """Delete what has come since, and put back what has gone."""
        with transaction.atomic(), connection.cursor() as cursor:
            for model in tables():
                if model not in self.first:
                    empty(cursor, model)
            for model, rows in self.first.items():
                if rows_of(model) != rows:
                    empty(cursor, model)
                    names = [field.attname for field in fields(model)]
                    model._base_manager.bulk_create(model(**dict(zip(names, row, strict=True))) for row in rows)


def rows_of(model: type[Model]) -> list[Row]:
    """Every row of one table, always in the same order."""
    return list(model._base_manager.order_by("pk").values_list(*[field.attname for field in fields(model)]))


def empty(cursor: Any, model: type[Model]) -> None:
    """Delete all rows; keys that point at them are looked at when the transaction ends."""
    cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")

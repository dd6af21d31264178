"""Many values in one statement: the ORM's verbs take ten times as long to put theirs into words."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from json import JSONEncoder
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.utils import CursorWrapper
from psycopg import Cursor

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""Before anything that is kept here."""
AT_ONCE = 1000
"""Rows in one statement; SQLite bears 32,766 values at least."""

Columns = Mapping[str, str]
"""What rows consist of: the name of each column, and its type in PostgreSQL."""

json_of = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def planned() -> CursorWrapper:
    """A cursor whose statements PostgreSQL plans once a connection, where the settings let it (``prepare_threshold``):
    to plan a query of six tables takes it longer than to answer it. Elsewhere it is any cursor."""
    here: Any = connections[DEFAULT_DB_ALIAS]
    if here.vendor == "postgresql":
        here.ensure_connection()
        with here.wrap_database_errors:
            made: CursorWrapper = here._prepare_cursor(Cursor(here.connection))  # as Django makes its own
            return made
    any_cursor: CursorWrapper = here.cursor()
    return any_cursor


def write(statement: str, columns: Columns, rows: Sequence[Sequence[Any]]) -> list[Any]:
    """Run ``statement`` with a query of ``rows`` where it says ``{given}``, and return what it says of each (its
    ``RETURNING``), in their order. Values go in as the database takes them: ``Adapter`` says how."""
    give = as_json if connections[DEFAULT_DB_ALIAS].vendor == "postgresql" else as_values
    returned: list[Any] = []
    with planned() as cursor:
        for start in range(0, len(rows), AT_ONCE):
            given, parameters = give(columns, rows[start : start + AT_ONCE])
            cursor.execute(statement.format(given=given), parameters)
            returned += cursor.fetchall() if cursor.description else []
    return returned


def as_json(columns: Columns, rows: Sequence[Sequence[Any]]) -> tuple[str, list[Any]]:
    """All rows in one value: so the words are the same for any number of them, and planned once. Fifty rows of
    fourteen values take PostgreSQL and its driver a third of the time that they take value by value."""
    typed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    given = f"SELECT * FROM json_to_recordset(%s) AS given ({typed})"  # noqa: S608 (names of our own columns)
    return given, [json_of([dict(zip(columns, row, strict=True)) for row in rows])]


def as_values(columns: Columns, rows: Sequence[Sequence[Any]]) -> tuple[str, list[Any]]:
    """Value by value, which SQLite takes quicker than JSON."""
    one = "(" + ", ".join(["%s"] * len(columns)) + ")"
    return "VALUES " + ", ".join([one] * len(rows)), [value for row in rows for value in row]


class Adapter:
    """How values go into one statement: the connection is looked up once, and a moment of many rows put once."""

    def __init__(self) -> None:
        here = connections[DEFAULT_DB_ALIAS]
        self.as_json = here.vendor == "postgresql"
        self.put = datetime.isoformat if self.as_json else here.ops.adapt_datetimefield_value
        self.moments: dict[datetime, Any] = {}

    def moment(self, value: datetime | None) -> Any:
        """A point in time, or None."""
        if value is None:
            return None
        if value not in self.moments:
            self.moments[value] = self.put(value)
        return self.moments[value]

    def uuid(self, value: UUID) -> str:
        """A UUID."""
        return str(value) if self.as_json else value.hex

    def json(self, value: list[Any] | dict[str, Any]) -> Any:
        """What a column of JSON holds."""
        return value if self.as_json else json_of(value)

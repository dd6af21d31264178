"""Many values in one statement: the ORM's verbs take ten times as long to put theirs into words."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.utils import CursorWrapper
from psycopg import Cursor

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""Before anything that is kept here."""
FEW = 20
"""Values up to which a statement is worth planning once: those of a lone message. One with more is seldom met again."""
AT_ONCE = 1000
"""Rows in one statement; a database bears 32,766 values at least."""


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


def write(statement: str, rows: Sequence[Sequence[Any]]) -> list[Any]:
    """Run ``statement`` with ``rows`` where it says ``{values}``, and give what it returns of each (its ``RETURNING``),
    in their order. Values go in as the database takes them: ``Adapter`` says how."""
    returned: list[Any] = []
    with planned() if sum(map(len, rows)) <= FEW else connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            one = "(" + ", ".join(["%s"] * len(some[0])) + ")"
            cursor.execute(statement.format(values=", ".join([one] * len(some))), [it for row in some for it in row])
            returned += cursor.fetchall() if cursor.description else []
    return returned


class Adapter:
    """How values go into one statement: the connection is looked up once, and a moment of many rows put once."""

    def __init__(self) -> None:
        here = connections[DEFAULT_DB_ALIAS]
        self.native = here.features.has_native_uuid_field
        self.put = here.ops.adapt_datetimefield_value
        self.moments: dict[datetime | None, Any] = {None: None}

    def moment(self, value: datetime | None) -> Any:
        """A point in time, or None."""
        if value not in self.moments:
            self.moments[value] = self.put(value)
        return self.moments[value]

    def uuid(self, value: UUID) -> Any:
        """A UUID."""
        return value if self.native else value.hex

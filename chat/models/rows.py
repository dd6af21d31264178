"""Many values in one statement: the ORM's verbs take ten times as long to put theirs into words."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""Before anything that is kept here."""
AT_ONCE = 1000
"""Rows in one statement; a database bears 32,766 values at least."""


def write(statement: str, rows: Sequence[Sequence[Any]]) -> list[Any]:
    """Run ``statement`` with ``rows`` where it says ``{values}``, and give what it returns of each (its ``RETURNING``),
    in their order. Values go in as the database takes them: ``moment`` and ``uuid`` say how."""
    returned: list[Any] = []
    with connection.cursor() as cursor:
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            one = "(" + ", ".join(["%s"] * len(some[0])) + ")"
            cursor.execute(statement.format(values=", ".join([one] * len(some))), [it for row in some for it in row])
            returned += cursor.fetchall() if cursor.description else []
    return returned


def moment(value: Any) -> Any:
    """A point in time, or None."""
    return connection.ops.adapt_datetimefield_value(value)


def uuid(value: Any) -> Any:
    """A UUID."""
    return value if connection.features.has_native_uuid_field else value.hex

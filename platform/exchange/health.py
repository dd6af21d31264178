"""Whether the parts that the exchange stands on answer. Each check gives ``ok`` or one plain sentence."""

from collections.abc import Callable

from django.db import DatabaseError, connection


def database() -> str:
    """One query."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as problem:
        return f"the database does not answer: {problem}"
    return "ok"


parts: dict[str, Callable[[], str]] = {"database": database}
"""Part → its check. The wiring adds the bus and the index."""

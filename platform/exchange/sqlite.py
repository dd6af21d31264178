"""Django takes SQLite to bear 999 variables a query, as it did until 2020: each connection says what it really bears.
So what is stored for thousands of people at once takes one query here as on PostgreSQL."""

import sqlite3
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created


def measure(connection: BaseDatabaseWrapper, **signal: Any) -> None:
    """Take over the limit that this connection's library was built with (250,000 in most)."""
    if connection.vendor == "sqlite":
        limit = connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
        connection.features.max_query_params = limit


def register() -> None:
    """For every connection from now on."""
    connection_created.connect(measure, dispatch_uid="exchange.sqlite")

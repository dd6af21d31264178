"""Whether the parts that the exchange stands on answer. Each check gives ``ok`` or one plain sentence."""

from collections.abc import Callable

import redis
from django.conf import settings
from django.db import DatabaseError, connection

from search import health

PATIENCE = 2.0
"""Seconds that Redis has to answer."""


def database() -> str:
    """One query."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as problem:
        return f"the database does not answer: {problem}"
    return "ok"


def bus() -> str:
    """A ping to Redis; a single process without it carries its messages itself."""
    if not settings.REDIS_URL:
        return "ok"
    try:
        with redis.Redis.from_url(
            settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE
        ) as client:
            client.ping()
    except redis.RedisError as problem:
        return f"Redis does not answer: {problem}"
    return "ok"


parts: dict[str, Callable[[], str]] = {"database": database, "bus": bus, "index": health}
"""Part → its check."""

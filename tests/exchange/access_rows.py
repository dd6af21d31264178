"""The start page and what machines ask."""

from tests.access_rows import EVERYONE, MEMBERS, Row

ROWS = [
    Row("", "/", **MEMBERS),
    Row("healthz", "/healthz", page=None, **EVERYONE),
    Row("readyz", "/readyz", page=None, **EVERYONE),
]

"""The start page and what machines ask."""

from tests.access_rows import EVERYONE, MEMBERS, Row

ROWS = [
    Row("", "/", MEMBERS),
    Row("healthz", "/healthz", EVERYONE, page=None),
    Row("readyz", "/readyz", EVERYONE, page=None),
]

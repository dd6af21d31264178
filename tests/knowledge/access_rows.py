"""Who gets what of knowledge."""

from tests.access_rows import MEMBERS, Row

ROWS = [
    Row("knowledge/", "/knowledge/", MEMBERS),
]

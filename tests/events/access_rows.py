"""Who gets what of events."""

from tests.access_rows import MEMBERS, Row

ROWS = [
    Row("events/", "/events/", MEMBERS),
]

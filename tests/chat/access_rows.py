"""Who gets what of chat."""

from tests.access_rows import MEMBERS, Row

ROWS = [
    Row("chat/", "/chat/", MEMBERS),
]

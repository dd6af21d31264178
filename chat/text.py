"""What a message's words must be before anything is done with them, and whether they need HTML at all."""

import re
from html import unescape

from prose import render

LONGEST = 8000
"""Characters in one message."""

LINES = re.compile(r"</?p>|<br\s*/?>")


def problem(body: str) -> str:
    """The code of what is wrong with ``body``: ``bad_text`` (U+0000 or a lone surrogate, which JSON lets through
    and no database takes), ``empty``, ``too_long``; or nothing."""
    if "\x00" in body or not encodable(body):
        return "bad_text"
    if not body.strip():
        return "empty"
    return "too_long" if len(body) > LONGEST else ""


def encodable(body: str) -> bool:
    """False with a lone surrogate."""
    try:
        body.encode()
    except UnicodeEncodeError:
        return False
    return True


def html_of(body: str) -> str:
    """Clean HTML of a message; empty when it would only say what the plain text says."""
    made = render(body, headings=False)
    return "" if unescape(LINES.sub(" ", made)).split() == body.split() else str(made)

"""What a document may cost while it is read, and what comes of it."""

from dataclasses import dataclass

MEMORY = 256 * 1024 * 1024
"""Bytes of address space."""
CPU = 20
"""Seconds."""
MOST_TEXT = 500_000
"""Characters that are taken out of one document: about 250 pages full of words."""
MOST_PAGES = 2_000
MOST_UNPACKED = 64 * 1024 * 1024
"""Bytes that all parts of a ZIP together may unpack to."""


class UnreadableError(Exception):
    """``protected``, ``damaged`` or ``unsafe``."""


class TooMuchError(Exception):
    """It unpacks to more than any document that people write."""


@dataclass(frozen=True)
class Page:
    """A page, slide or sheet. ``number`` counts from 1, and is 0 where the document does not say where pages end;
    ``name`` is a sheet's."""

    number: int
    name: str
    text: str

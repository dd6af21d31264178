"""Everyday words in four languages, from ``words.txt``: what a reader asks in one language is found in the others.

A line is a concept like those of the shared vocabulary, but names no theme; nobody chooses it, and it is no facet.
"""

from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("words.txt")
SPOKEN = ("en", "sv", "fr", "sw")
MARK = "="
"""Before the name of such a concept, which is its first English word."""


@cache
def words() -> dict[str, dict[str, tuple[str, ...]]]:
    """Language → concept → what it is called."""
    made: dict[str, dict[str, tuple[str, ...]]] = {language: {} for language in SPOKEN}
    for number, line in enumerate(FILE.read_text(encoding="utf-8").splitlines()):
        if not line.startswith("#"):
            columns = [tuple(word.strip() for word in column.split(",")) for column in line.split("|")]
            for language, called in zip(SPOKEN, columns, strict=True):
                made[language][f"{MARK}{columns[0][0]}:{number}"] = called
    return made

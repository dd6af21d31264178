"""What a query says beside its plain words: "phrases", ``-words``, ``tag:``, ``after:`` and the like.

The page takes the fields out first (``read``), looks up what their values mean to it, and hands the rest, quotes and
minus signs included, to ``find``, which takes it apart with ``worded``.
"""

import re
from dataclasses import dataclass
from unicodedata import normalize

FIELDS = ("tag", "theme", "country", "language", "by", "after", "before", "kind")
"""The names that may stand before a colon; any other word with a colon is a word."""
QUOTES = str.maketrans("“”„‟«»＂", '"' * 7)
PART = re.compile(r'(?P<no>(?<!\S)-(?=[\w"]))?(?:(?P<field>[^\W\d_]+): ?)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


@dataclass(frozen=True)
class Said:
    """One ``field:value`` of a query; ``value`` is as it was typed and may be empty. ``refused``: ``-field:value``."""

    name: str
    value: str
    refused: bool = False


@dataclass(frozen=True)
class Reading:
    """A query without its fields, and these."""

    text: str
    fields: tuple[Said, ...]


@dataclass(frozen=True)
class Worded:
    """What is left of a query in the order it was typed: words (those of phrases too), phrases, what is not wanted."""

    words: str
    phrases: tuple[str, ...]
    without: tuple[str, ...]


def read(query: str) -> Reading:
    """Take ``field:value`` and ``field:"some words"`` out of a query. What stands in quotes holds no fields."""
    left, fields = [], []
    for part in PART.finditer(plain(query)):
        if (part["field"] or "").lower() in FIELDS:
            fields.append(Said(part["field"].lower(), (part["phrase"] or part["word"] or "").strip(), bool(part["no"])))
        elif (bare := (part["word"] or "").lower()).endswith(":") and bare[:-1] in FIELDS:
            fields.append(Said(bare[:-1], "", bool(part["no"])))
        else:
            left.append(part.group())
    return Reading(" ".join(left), tuple(fields))


def worded(text: str) -> Worded:
    """Take apart what ``read`` has left."""
    words, phrases, without = [], [], []
    for part in PART.finditer(plain(text)):
        said = part["word"] if part["phrase"] is None else part["phrase"]
        whole = f"{part['field']} {said}" if part["field"] else said
        if part["no"]:
            without.append(whole)
            continue
        words.append(whole)
        if part["phrase"] is not None:
            phrases.append(part["phrase"])
    return Worded(" ".join(words), tuple(phrases), tuple(without))


def plain(query: str) -> str:
    """Composed signs as one, and every kind of quotation mark as the plain one."""
    return normalize("NFC", query.translate(QUOTES))

"""What somebody asks of the messages, as it is typed: words, "phrases", -words, ``from: in: before: after: has:``."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from unicodedata import normalize

from django.utils.translation import gettext as _

from chat.indexing import terms_of
from search.analysis import LANGUAGES, WORD, base
from search.concepts import Vocabulary
from search.question import asked

LONGEST = 300
"""Characters of a question."""
FIELDS = ("from", "in", "before", "after", "has")
PARAMETERS = (*FIELDS, "room")
"""What may stand beside the words in an address: the same, and one room by its id."""
QUOTES = str.maketrans("“”„«»", '"""""')
PART = re.compile(r'(?P<no>-)?(?:(?P<field>\w+):)?(?:"(?P<phrase>[^"]*)"?|(?P<word>\S+))')
OTHER = ""
"""The language of texts that the analyzer has no rules for."""

Phrase = tuple[str, ...]
Clause = tuple[Phrase, ...]
"""Any of these will do: what one word, or words that stand together, become in each language."""


@dataclass
class Wording:
    """A question taken apart. Every clause of ``all`` is wanted, none of ``none``; ``fields`` are as they were typed.
    ``shown`` are the words that stand out in what is found, ``problems`` sentences about what is wrong."""

    all: list[Clause] = field(default_factory=list)
    none: list[Clause] = field(default_factory=list)
    fields: list[tuple[str, str]] = field(default_factory=list)
    shown: str = ""
    problems: list[str] = field(default_factory=list)


def read(text: str, language: str, fields: Iterable[tuple[str, str]] = ()) -> Wording:
    """Take ``text`` apart for a reader of ``language``; ``fields`` come beside it from a form."""
    wording = Wording(fields=[(name, value) for name, value in fields if value])
    if len(text) > LONGEST:
        wording.problems.append(_("This is too long to look for. Leave the words that matter."))
        return wording
    words: list[str] = []
    for part in PART.finditer(normalize("NFC", text.translate(QUOTES))):
        if (part["field"] or "").lower() in FIELDS:
            take_field(part, wording)
        elif (part["word"] or "").lower().rstrip(":") in FIELDS and (part["word"] or "").endswith(":"):
            wording.problems.append(_("Nothing stands after “%(name)s”.") % {"name": part["word"]})
        else:
            take_words(part, wording, words, language)
    wording.shown = " ".join(words)
    if words and not (wording.all or wording.none or wording.fields):
        wording.problems.append(_("These words stand in nearly every message. Add one that tells more."))
    return wording


def take_field(part: re.Match[str], wording: Wording) -> None:
    """``in:square``, ``in:"Project group"``."""
    if part["no"]:
        wording.problems.append(_("“-” leaves out words only, not “%(name)s:”.") % {"name": part["field"]})
    wording.fields.append((part["field"].lower(), part["phrase"] or part["word"] or ""))


def take_words(part: re.Match[str], wording: Wording, words: list[str], language: str) -> None:
    """One word, or several that stand together: in quotes, or as in ``e-mail`` and ``10:30``."""
    text = part.group().removeprefix("-")
    together = WORD.findall(text.replace("_", " "))
    if not together:
        return
    clause = phrases(text) if len(together) > 1 else word(together[0], language)
    if part["no"]:
        wording.none += [clause] if clause else []
        return
    words += together
    wording.all += [clause] if clause else []


def word(text: str, language: str) -> Clause:
    """The terms that a word may be, in the reader's language and the others; nothing for one that says nothing."""
    question = asked(text, language, Vocabulary({}), across=True)
    return tuple((term,) for one in question.wanted for term in one.terms)


def phrases(text: str) -> Clause:
    """The terms of a phrase in each language, once."""
    readings = (tuple(terms_of(text, language)) for language in (*map(base, LANGUAGES), OTHER))
    return tuple(dict.fromkeys(reading for reading in readings if reading))

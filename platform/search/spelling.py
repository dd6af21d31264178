"""How a mended word is written: the index has stems, the texts have words."""

import re
from collections.abc import Mapping
from unicodedata import normalize

from search.analysis import WORD, base, term
from search.models import Entry
from search.view import View


def spelt(query: str, meant: Mapping[str, str], view: View) -> str:
    """The query with each mistyped word replaced; a term is spelt as in some document that the person may see."""
    if not meant:
        return ""
    for word, seeming in meant.items():
        kind, _colon, number = view.arrays.key(int(view.postings("text", seeming)[0][0])).partition(":")
        entry = Entry.objects.filter(kind=kind, key=number).first()
        query = re.sub(rf"\b{re.escape(word)}\b", spelling(entry, seeming) if entry else seeming, query)
    return query


def spelling(entry: Entry, wanted: str) -> str:
    """A term as a text spells it."""
    written = (word.lower() for word in WORD.findall(normalize("NFC", f"{entry.title} {entry.text}")))
    return next((word for word in written if term(word, base(entry.language)) == wanted), wanted)

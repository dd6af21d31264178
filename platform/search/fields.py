"""What of a document stands in which field of the index, and the version that says how it was made."""

import json
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import Stemmer

from search.analysis import WORD, fold, terms
from search.concepts import SAID, Names, Vocabulary
from search.document import Document

MAKERS = ("analysis.py", "concepts.py", "engine.py", "fields.py", "stopwords.py")
"""The modules that decide what stands in the index: when one changes, the index is made anew."""


def key(kind: str, number: int) -> str:
    """What a document is called in the index."""
    return f"{kind}:{number}"


def fields(document: Document, vocabulary: Vocabulary) -> dict[str, Any]:
    """The document as the engine takes it."""
    facets: Mapping[str, list[str]] = {name: [str(value) for value in found] for name, found in document.facets.items()}
    themes = facets.get("theme", [])
    title = terms(document.title, document.language)
    text = title + terms(document.text, document.language)
    concepts = vocabulary.of_text(text, document.language)
    concepts.update(dict.fromkeys(themes, SAID))
    return {
        "key": key(document.kind, document.id),
        "changed": document.changed_at.timestamp(),
        "text": Counter(text),
        "concept": concepts,
        "title": title,
        "start": WORD.findall(fold(document.title)),
        "scope": document.scopes,
        "theme": themes,
        "country": facets.get("country", []),
        "language": [document.language],
        "tag": facets.get("tag", []),
        "kind": [document.kind],
    }


def version(names: Names) -> str:
    """A hash of everything that decides what the index holds: code, stop words, stemmer, vocabulary."""
    return sha256(f"{made_by()}{json.dumps(names, sort_keys=True)}".encode()).hexdigest()[:16]


@lru_cache
def made_by() -> str:
    """The part of the version that stays while the process lives."""
    here = Path(__file__).parent
    code = b"".join((here / name).read_bytes() for name in MAKERS)
    return sha256(code + str(Stemmer.version()).encode()).hexdigest()

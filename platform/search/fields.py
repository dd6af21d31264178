"""What of a document stands in which field of the index, and the version that says how it was made."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import Stemmer

from search.analysis import LONGEST, WORD, fold, placed, terms
from search.concepts import SAID, Names, Vocabulary
from search.document import CHANGED, FAMILY, LENGTH, Document

MAKERS = ("analysis.py", "concepts.py", "engine.py", "fields.py", "parts.py", "stopwords.py")
"""The modules that decide what stands in the index: when one changes, the index is made anew."""
END = "x" * (LONGEST + 1)
"""Stands between title and text and is no word: no phrase goes across."""


def key(kind: str, number: int) -> str:
    """What a document is called in the index."""
    return f"{kind}:{number}"


def fields(document: Document, vocabulary: Vocabulary) -> dict[str, Any]:
    """The document as the engine takes it."""
    title, whole = terms(document.title, document.language), f"{document.title}\n{END}\n{document.text}"
    text = list(placed(whole, document.language))
    concepts = vocabulary.of_text([term for term, _place in text], document.language)
    concepts.update(dict.fromkeys(map(str, document.facets.get("theme", ())), SAID))
    return {
        "key": key(document.kind, document.id),
        "numbers": {
            **document.numbers,
            CHANGED: document.changed_at.timestamp(),
            LENGTH: len(text),
            FAMILY: family(document),
        },
        "text": places(text),
        "concept": concepts,
        "title": [*title, *terms(" ".join(document.facets.get("tag", ())), document.language)],
        "start": WORD.findall(fold(document.title)),
        "scope": document.scopes,
        "facet": list(facets(document)),
    }


def places(text: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    """Where each term of a text stands."""
    standing: dict[str, list[int]] = defaultdict(list)
    for term, place in text:
        standing[term].append(place)
    return standing


def facets(document: Document) -> Iterator[str]:
    """Every facet's values, as ``theme:waste``, but for what is as good as unique."""
    named = {**document.facets, "language": [document.language], "kind": [document.kind], FAMILY: []}
    return (f"{name}:{value}" for name, values in named.items() for value in values)


def family(document: Document) -> int:
    """A number (of 48 bits) that it shares with its translations alone; 0 where none are told."""
    told = document.facets.get(FAMILY)
    return 1 + int.from_bytes(sha256(f"{document.kind}:{told[0]}".encode()).digest()[:6]) if told else 0


def version(names: Names) -> str:
    """A hash of everything that decides what the index holds: code, stop words, stemmer, vocabulary."""
    return sha256(f"{made_by()}{json.dumps(names, sort_keys=True)}".encode()).hexdigest()[:16]


@lru_cache
def made_by() -> str:
    """The part of the version that stays while the process lives."""
    here = Path(__file__).parent
    code = b"".join((here / name).read_bytes() for name in MAKERS)
    return sha256(code + str(Stemmer.version()).encode()).hexdigest()

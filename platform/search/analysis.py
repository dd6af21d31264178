"""How words become terms, the same for texts, queries and highlights.

``\\w+``, lower case, the language's stop words out, its Snowball stem (none for Swahili, where no stemmer was a
gain), accents folded last: ``Översvämningarna`` and ``oversvamning`` meet in one term.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from threading import local
from unicodedata import combining, normalize

import Stemmer

from search.stopwords import STOP

WORD = re.compile(r"\w+")
STEMMERS = {"en": "english", "sv": "swedish", "fr": "french"}
LANGUAGES = ("sv", "en", "fr", "sw")
LONGEST = 64
"""Characters: what is longer is an address or an encoded file, not a word."""

_own = local()


def fold(text: str) -> str:
    """Lower case without accents: ``Älvsbyn`` becomes ``alvsbyn``."""
    if text.isascii():
        return text.lower()
    return "".join(sign for sign in normalize("NFKD", text.lower()) if not combining(sign))


def base(language: str) -> str:
    """``sv`` of ``sv-FI``."""
    return language.partition("-")[0].lower()


def words(text: str) -> Iterator[re.Match[str]]:
    """Each word with where it stands, composed signs as one (the match is on the normalised text)."""
    return WORD.finditer(text)


@lru_cache(maxsize=200_000)
def term(word: str, language: str) -> str:
    """The term of one word; empty for a stop word and for what is no word."""
    lowered = normalize("NFC", word).lower()
    if len(lowered) > LONGEST or lowered in STOP.get(language, ()):
        return ""
    return fold(stem(lowered, language))


def stem(word: str, language: str) -> str:
    """Snowball's stem, or the word itself where the language has none."""
    if language not in STEMMERS:
        return word
    made = str(stemmer(language).stemWord(word))
    return neuter(made) if language == "sv" else made


def neuter(made: str) -> str:
    """Swedish without the article that Snowball keeps: ``avfallet`` becomes ``avfall``, ``vattnet`` ``vatten``."""
    while made.endswith("et") and not made.endswith("het") and len(made) > 5:
        made = str(stemmer("sv").stemWord(made[:-2]))
    return "vatt" if made == "vattn" else made


def stemmer(language: str) -> "Stemmer.Stemmer":
    """Snowball's stemmers may not be shared between threads: each has its own."""
    held: dict[str, Stemmer.Stemmer] = _own.__dict__.setdefault("stemmers", {})
    if language not in held:
        held[language] = Stemmer.Stemmer(STEMMERS[language])
    return held[language]


def terms(text: str, language: str) -> list[str]:
    """The terms of a text in the order they stand, stop words left out."""
    spoken = base(language)
    return [made for word in WORD.findall(normalize("NFC", text)) if (made := term(word, spoken))]


def placed(text: str, language: str) -> Iterator[tuple[str, int]]:
    """The same, each with its place among all words."""
    spoken = base(language)
    for place, word in enumerate(WORD.findall(normalize("NFC", text))):
        if made := term(word, spoken):
            yield made, place

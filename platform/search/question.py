"""What a query asks for, in terms of the index."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from search.analysis import LANGUAGES, WORD, base, placed, term
from search.concepts import Spoken, Vocabulary
from search.operators import worded
from search.stopwords import STOP

FEW = 2
"""Up to so many words, all of them are wanted first, and titles count more."""
BARE_ENDING = re.compile(r"ee?s?$")
ANY, OTHER = "", "-"
"""Texts of all languages, and those in a language that the analyzer has no rules for."""
LONGEST = 60
"""Words of a query that are looked at."""


@dataclass(frozen=True)
class Wanted:
    """One word of the query: its place among the query's words, and what terms it is in texts of which language
    (``ANY``: of whatever language). A text has only the terms of its own."""

    place: int
    word: str
    forms: tuple[tuple[str, str], ...]

    @property
    def terms(self) -> tuple[str, ...]:
        """The different terms, the reader's language first."""
        return tuple(dict.fromkeys(term for _language, term in self.forms))


Phrase = tuple[tuple[tuple[str, int], ...], ...]
"""Words that stand together, as terms with their places (stop words have one too): one reading a language."""


@dataclass(frozen=True)
class Question:
    """A query taken apart. ``open``: it names nothing to look for, and everything answers. ``language`` is the
    asker's where other languages are searched too."""

    open: bool = True
    language: str = ANY
    wanted: list[Wanted] = field(default_factory=list)
    spoken: list[Spoken] = field(default_factory=list)
    phrases: list[Phrase] = field(default_factory=list)
    without: list[Phrase] = field(default_factory=list)

    @property
    def few(self) -> bool:
        """Whether it is so short that all its words are wanted first."""
        return len(self.wanted) <= FEW


def asked(query: str, language: str, vocabulary: Vocabulary, *, across: bool) -> Question:
    """Take a query apart. With ``across``, each word is read in every language, and the concepts are added."""
    said = worded(query)
    words = WORD.findall(said.words)[:LONGEST]
    own = base(language)
    languages = [own, *(other for other in (*LANGUAGES, OTHER) if other != own)] if across else [own]
    silent = stopped(words, own, across=across)
    wanted = [Wanted(place, word, forms(word, languages)) for place, word in enumerate(words) if place not in silent]
    once = {one.forms: one for one in reversed(wanted) if one.forms}
    return Question(
        open=not words,
        language=own if across else ANY,
        wanted=sorted(once.values(), key=lambda one: one.place),
        spoken=vocabulary.of_query(words, own) if across else [],
        phrases=[found for text in said.phrases if (found := phrase(text, languages))],
        without=[found for text in said.without if (found := phrase(text, languages))],
    )


def phrase(text: str, languages: Sequence[str]) -> Phrase:
    """The terms of words that stand together, in each language; a single word in all its forms."""
    words = WORD.findall(text)[:LONGEST]
    if len(words) == 1:
        return tuple({((form, 0),): None for _language, form in forms(words[0], languages)})
    return tuple(dict.fromkeys(made for language in languages if (made := tuple(placed(text, language)))))


def forms(word: str, languages: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """What one word becomes in each language; in a single one, it is looked for in every text."""
    spelt = [(spelling, language) for language in languages for spelling in spellings(word, language)]
    made = [(language if len(languages) > 1 else ANY, term(spelling, language)) for spelling, language in spelt]
    return tuple(dict.fromkeys((language, form) for language, form in made if form))


def spellings(word: str, language: str) -> Iterator[str]:
    """The word, and in French, where the stem hangs on it, with the accent that hasty writers leave out at the end."""
    yield word
    if language == "fr" and word.isascii() and (ending := BARE_ENDING.search(word)):
        yield word[: ending.start()] + "é" + word[ending.start() + 1 :]


def stopped(words: Sequence[str], own: str, *, across: bool) -> set[int]:
    """The places of stop words: those of the reader's language, and of the query's where it plainly is another."""
    lowered = [word.lower() for word in words]
    told = Counter(language for language, stops in STOP.items() for word in lowered if word in stops)
    spoken = [language for language, times in told.most_common(1) if across and times > 1]
    stops = STOP.get(own, frozenset()).union(*(STOP[language] for language in spoken))
    return {place for place, word in enumerate(lowered) if word in stops}

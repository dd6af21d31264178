"""Which concepts of the vocabulary a text or a query speaks of, in whatever language.

A concept is a term of its own in the index: a text that says ``taka ngumu`` has the concept *waste*, and so has the
query ``avfall``. That makes one posting list of all labels and synonyms in all languages, phrases included.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from search.analysis import base, terms
from search.dictionary import MARK, words
from search.models import Theme
from search.stopwords import AMBIGUOUS, GENERAL

SAID = 2
HINTED = 1
"""A label or synonym counts double against a single word that tells of a concept (*waste* of *waste management*)."""
COMMON = 3
"""A word in the names of more concepts than this tells of none (*climate*, *public*)."""
SHORTEST = 4
"""Characters of a compound's first part that tell of it: ``avfall`` of ``avfallshantering``."""

Names = dict[str, dict[str, tuple[str, ...]]]
"""Language → concept → what it is called, the label first."""


@dataclass(frozen=True)
class Spoken:
    """A concept that a query speaks of, and which of its words (by place) do so; ``guessed``: from a part of a word."""

    slug: str
    words: frozenset[int]
    guessed: bool = False


class Tongue:
    """The concepts' names in one language, as the analyzer sees them."""

    def __init__(self, language: str, names: dict[str, tuple[str, ...]]) -> None:
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        self._parts: dict[str, set[str]] = defaultdict(set)
        told: dict[str, set[str]] = defaultdict(set)
        leading: dict[str, set[str]] = defaultdict(set)
        general = set(terms(" ".join(GENERAL.get(language, ())), language))
        for slug, called in names.items():
            theme = not slug.startswith(MARK)
            for place, text in enumerate(name for name in called if name not in AMBIGUOUS):
                phrase = tuple(terms(text, language))
                if phrase:
                    self._phrases[phrase[0]].append((phrase, slug))
                if len(phrase) == 1 and len(phrase[0]) >= SHORTEST and language == "sv":
                    self._parts[phrase[0]].add(slug)
                for word in chain(phrase, compound_heads(phrase, language)) if theme else ():
                    told[word].add(slug)
                    if not place:
                        leading[word].add(slug)
        self._hints: dict[str, list[str]] = {}
        for known in self._phrases.values():
            known.sort(key=lambda pair: -len(pair[0]))
        self._telling = {
            word: sorted(slugs)
            for word, slugs in leading.items()
            if len(word) > 2 and word not in general and len(told[word]) <= COMMON and len(slugs) < COMMON
        }

    def said(self, spoken: Sequence[str]) -> Iterator[tuple[str, int, int]]:
        """Labels and synonyms in a list of terms: concept, first and one past the last place; the longest wins."""
        place = 0
        while place < len(spoken):
            found = [
                (phrase, slug)
                for phrase, slug in self._phrases.get(spoken[place], ())
                if tuple(spoken[place : place + len(phrase)]) == phrase
            ]
            longest = len(found[0][0]) if found else 1
            yield from ((slug, place, place + longest) for phrase, slug in found if len(phrase) == longest)
            place += longest

    def hinted(self, word: str) -> list[str]:
        """Concepts that one word tells of, or the two parts of a compound."""
        if word not in self._hints:
            self._hints[word] = sorted({*self._telling.get(word, ()), *self.compounded(word)})
        return self._hints[word]

    def compounded(self, word: str) -> set[str]:
        """What the longest known beginning and end of a compound name; a short one only where both are known."""
        if word in self._parts or len(word) < 2 * SHORTEST:
            return set()
        cuts = range(SHORTEST, len(word) - 2)
        head = next((word[:cut] for cut in reversed(cuts) if word[:cut] in self._parts), "")
        tail = next((word[cut:] for cut in range(max(3, len(head)), len(word)) if word[cut:] in self._parts), "")
        both = bool(head and tail)
        return set().union(*(self._parts[part] for part in (head, tail) if len(part) > SHORTEST or (both and part)))


def compound_heads(phrase: Iterable[str], language: str) -> Iterator[str]:
    """Beginnings of the words that may be the first part of a compound; only Swedish writes them together."""
    if language != "sv":
        return
    for word in phrase:
        yield from (word[:length] for length in range(SHORTEST, len(word) - SHORTEST + 1))


class Vocabulary:
    """All concepts in all their languages. Made once from the themes' rows; it does not follow them."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self._tongues = {language: Tongue(language, called) for language, called in names.items()}

    def of_text(self, spoken: Sequence[str], language: str) -> Counter[str]:
        """How often a text (its terms) speaks of each concept: said in full, or hinted at by one word."""
        tongue = self._tongues.get(base(language))
        counted: Counter[str] = Counter()
        if tongue:
            for slug, _begin, _end in tongue.said(spoken):
                counted[slug] += SAID
            for word, times in Counter(spoken).items():
                for slug in tongue.hinted(word):
                    counted[slug] += HINTED * times
        return counted

    def places(self, spoken: Sequence[str], language: str, slugs: Set[str]) -> set[int]:
        """Where in a text (by the places of its terms) these concepts are spoken of."""
        tongue = self._tongues.get(base(language))
        if not tongue or not slugs:
            return set()
        said = (range(begin, end) for slug, begin, end in tongue.said(spoken) if slug in slugs)
        hints = (place for place, word in enumerate(spoken) if not slugs.isdisjoint(tongue.hinted(word)))
        return {*chain.from_iterable(said), *hints}

    def of_query(self, words: Sequence[str], language: str) -> list[Spoken]:
        """What a query speaks of, themes before the dictionary's words: each read in the reader's language first,
        words unknown there in the others."""
        return [*self._heard(words, language, everyday=False), *self._heard(words, language, everyday=True)]

    def _heard(self, words: Sequence[str], language: str, *, everyday: bool) -> list[Spoken]:
        own = base(language)
        found: dict[str, set[int]] = {}
        guessed: set[str] = set()
        open_words = set(range(len(words)))
        order = [own, *(other for other in self._tongues if other != own)]
        for reading in (self._said_in, self._hinted_in):
            for tongue in order:
                heard = [pair for pair in reading(words, tongue, open_words) if pair[0].startswith(MARK) == everyday]
                for slug, places in heard:
                    guessed.update([slug] if everyday and reading == self._hinted_in and slug not in found else [])
                    found.setdefault(slug, set()).update(places)
                open_words -= set(chain.from_iterable(places for _slug, places in heard))
        return [Spoken(slug, frozenset(places), slug in guessed) for slug, places in found.items()]

    def _said_in(self, words: Sequence[str], language: str, left: set[int]) -> list[tuple[str, set[int]]]:
        places, spoken = placed(tuple(words), language)
        heard = self._tongues[language].said(spoken) if language in self._tongues else ()
        named = [(slug, set(places[begin:end])) for slug, begin, end in heard]
        return [(slug, standing) for slug, standing in named if standing <= left]

    def _hinted_in(self, words: Sequence[str], language: str, left: set[int]) -> list[tuple[str, set[int]]]:
        if language not in self._tongues:
            return []
        places, spoken = placed(tuple(words), language)
        hints = zip(places, map(self._tongues[language].hinted, spoken), strict=True)
        return [(slug, {place}) for place, slugs in hints if place in left for slug in slugs]

    def elsewhere(self, slug: str, language: str, shown: Iterable[str]) -> list[str]:
        """A concept's labels in the other languages, as they are written inside a sentence."""
        others = (other for other in shown if other != base(language) and slug in self.names.get(other, {}))
        return [lowered(self.names[other][slug][0]) for other in others]


@lru_cache(maxsize=1000)
def placed(words: tuple[str, ...], language: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """The terms of a query's words with each one's place; stop words have none."""
    made = [(place, found[0]) for place, word in enumerate(words) if (found := terms(word, language))]
    return tuple(place for place, _term in made), tuple(term for _place, term in made)


def lowered(label: str) -> str:
    """``waste management`` of ``Waste management``; ``LED`` stays."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def themes_as_names() -> Names:
    """The themes' rows as they are now, 60 small rows in one query, and the dictionary's words."""
    names: Names = defaultdict(dict)
    for slug, labels, synonyms in Theme.objects.order_by("slug").values_list("slug", "labels", "synonyms"):
        for language, label in labels.items():
            names[language][slug] = (label, *synonyms.get(language, ()))
    return with_words(names)


def with_words(names: Names) -> Names:
    """The themes' names and those of everyday words."""
    spoken = {**names, **{language: {} for language in words() if language not in names}}
    return {language: {**called, **words().get(language, {})} for language, called in spoken.items()}

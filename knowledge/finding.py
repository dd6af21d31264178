"""A question put to the index and read back through what the person may see: for the page and for its JSON twin."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from accounts.models import User
from knowledge.documents import scopes_for, words_of
from knowledge.facets import Facet, Labels, facets
from knowledge.found_files import FoundPage, found_files
from knowledge.models import Lesson
from knowledge.narrowing import Narrowing, narrowing, themes_in
from knowledge.questions import FACETS, Question
from partnerships.permissions import Reach
from search import Results, find, highlight, suggest
from search.document import CHANGED, DATE, FIT


@dataclass(frozen=True)
class Found:
    """One result: the lesson, why it was found (HTML), how well it answers."""

    lesson: Lesson
    snippet: SafeString
    score: float
    file: FoundPage | None = None


@dataclass(frozen=True)
class Entry:
    """A result as the page lists it: one lesson, and the other languages in which the page has it."""

    lesson: Lesson
    snippet: SafeString
    translations: list[Lesson]
    file: FoundPage | None = None


@dataclass(frozen=True)
class Finding:
    """What came of a question. Everything in it is only what its asker may see."""

    question: Question
    results: Results
    found: list[Found]
    reader: Reach
    language: str = ""
    unknown: Sequence[str] = ()

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """Facet → value → how many, the kinds left out: there are only lessons here."""
        return {name: self.results.facets.get(name, {}) for name in self.question.filters}

    @cached_property
    def labels(self) -> Labels:
        """What the values of the facets are called."""
        return Labels(self.counts, self.question.filters, self.reader)

    @cached_property
    def facets(self) -> list[Facet]:
        """The facets that narrow anything here."""
        return facets(self.counts, self.question.filters, self.labels)

    @property
    def chips(self) -> list[tuple[str, str, str]]:
        """Facet, label and address without it, of each chosen filter."""
        return [
            (facet, self.labels.of(facet, value), self.address(**{facet: [one for one in values if one != value]}))
            for facet, values in self.question.filters.items()
            for value in values
        ]

    def address(self, **changed: object) -> str:
        """The address of this question with something changed; the first page again unless told."""
        return self.question.address(**{"page": 1, **changed})

    @property
    def switch(self) -> str:
        """The address with the other languages' words turned on or off."""
        return self.address(across=not self.question.across)

    @property
    def orders(self) -> list[tuple[str, str, bool]]:
        """Name, address and whether it holds, of each order that one can choose."""
        return [(name, self.address(order=name), name == self.question.sorting) for name in (FIT, DATE)]

    @property
    def meant(self) -> str:
        """The address of the query with its typing errors mended."""
        return self.address(q=self.results.did_you_mean)

    @property
    def unnarrowed(self) -> str:
        """The address without filters."""
        return self.address(**{name: [] for name in self.question.filters})

    @cached_property
    def page(self) -> Page[int]:
        """This page among all, for the links below it."""
        return Paginator(range(self.results.total), self.question.limit).get_page(self.question.page)

    @cached_property
    def entries(self) -> list[Entry]:
        """The page's results, a lesson and its translations as one."""
        families: dict[int, list[Found]] = {}
        for one in self.found:
            families.setdefault(one.lesson.translation_of_id or one.lesson.pk, []).append(one)
        return [entry_of(family, self.language) for family in families.values()]

    @property
    def lessons(self) -> int | None:
        """How many lessons were found, each once in whatever languages; None over several pages, where the index
        counted texts."""
        return len(self.entries) if self.page.paginator.num_pages == 1 else None

    @cached_property
    def spoken_of(self) -> list[int]:
        """The themes that a search without a hit names or was narrowed to, by their ids."""
        return themes_in(self.question.q, self.question.theme) if self.question.q else []

    @cached_property
    def suggestions(self) -> list[str]:
        """Titles with a word that begins like the longest one asked for, when nothing was found."""
        longest = max(self.question.q.split(), key=len, default="")
        return suggest(longest[: max(4, len(longest) - 3)], scopes_for(self.reader), 5) if longest else []


def search_lessons(person: User, question: Question, since: float | None = None) -> Finding:
    """Ask the index in the person's scopes, then read the page's hits once more through ``visible_to``. ``since``
    leaves out what was changed before (seconds since 1970)."""
    reach = Reach.of(person)
    asked = narrowing(question.q, reach)
    asked.begin = max(filter(None, (asked.begin, since)), default=None)
    results = find(asked.text, scopes=scopes_for(reach), language=person.language, **kept_to(question, asked))
    lessons = Lesson.objects.visible_to(person, reach).listed().with_marks().in_bulk([hit.id for hit in results.hits])
    told = results.did_you_mean if results.mended else asked.text
    words = " ".join([told, *(results.also if question.across else [])])
    snippets = {pk: snippet_of(lesson, words) for pk, lesson in lessons.items()}
    files = found_files([(lessons[pk], snippet) for pk, snippet in snippets.items()], words)
    found = [
        Found(lessons[hit.id], snippets[hit.id], hit.score, files.get(hit.id))
        for hit in results.hits
        if hit.id in lessons
    ]
    return Finding(question, results, found, reach, person.language, asked.unknown)


def kept_to(question: Question, asked: Narrowing) -> dict[str, Any]:
    """What keeps the answer: the ticked boxes, the fields of the query, page and order."""
    filters = {name: [*values, *asked.filters.get(name, [])] for name, values in question.filters.items()}
    return {
        "filters": {
            "kind": ["lesson"],
            **asked.filters,
            **{name: values for name, values in filters.items() if values},
        },
        "without": asked.without,
        "ranges": {CHANGED: (asked.begin, asked.end)} if asked.begin or asked.end else {},
        "facets": FACETS,
        "page": question.page,
        "limit": question.limit,
        "order": question.sorting,
        "across": question.across,
    }


def search_page(person: User, question: Question) -> Finding:
    """The same for the page: beyond the end, the last page answers."""
    finding = search_lessons(person, question)
    if finding.page.number < question.page:
        return search_lessons(person, replace(question, page=finding.page.number))
    return finding


def entry_of(family: list[Found], language: str) -> Entry:
    """One lesson in the reader's language, or as it answered best, with its translations beside it."""
    told = next((one for one in family if one.lesson.language == language), family[0])
    return Entry(told.lesson, told.snippet, [one.lesson for one in family if one is not told], told.file)


def snippet_of(lesson: Lesson, words: str) -> SafeString:
    """Why it was found; what it is about where nothing was asked."""
    if not words.strip():
        return highlight(Truncator(lesson.summary or words_of(lesson)).chars(220), "", lesson.language)
    return highlight(words_of(lesson), words, lesson.language)

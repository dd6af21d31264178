"""A question put to the index and read back through what the person may see: for the page and for its JSON twin."""

from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from accounts.models import User
from knowledge.documents import scopes_for, words_of
from knowledge.models import Lesson, Tag
from knowledge.questions import PER_PAGE, Question
from partnerships.permissions import Reach
from search import Results, find, highlight, suggest
from search.models import Theme

SHOWN = 8
"""Values of a facet that stand open; the rest fold."""


@dataclass(frozen=True)
class Found:
    """One result: the lesson, why it was found (HTML), how well it answers."""

    lesson: Lesson
    snippet: SafeString
    score: float


@dataclass(frozen=True)
class Entry:
    """A result as the page lists it: one lesson, and the other languages in which the page has it."""

    lesson: Lesson
    snippet: SafeString
    translations: list[Lesson]


@dataclass(frozen=True)
class Option:
    """One value of a facet. ``label`` is its name, or the code where the template knows the name."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Finding:
    """What came of a question. Everything in it is only what its asker may see."""

    question: Question
    results: Results
    found: list[Found]
    reader: Reach
    language: str = ""

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """Facet → value → how many, the kinds left out: there are only lessons here."""
        return {name: self.results.facets.get(name, {}) for name in self.question.filters}

    @cached_property
    def themes(self) -> dict[str, Theme]:
        """The themes that are named on the page, by slug."""
        named = {*self.counts["theme"], *self.question.theme}
        return {theme.slug: theme for theme in Theme.objects.filter(slug__in=named)}

    @cached_property
    def tags(self) -> dict[str, str]:
        """The labels of the chosen tags, by slug; a tag that only others' lessons have does not exist."""
        lessons = Lesson.objects.visible_to(None, self.reader).listed()
        chosen = Tag.objects.filter(slug__in=self.question.tag, tagged__content_object__in=lessons)
        return dict(chosen.values_list("slug", "name"))

    def label(self, facet: str, value: str) -> str:
        """What a value is called; a country stays its code, which templates spell out."""
        if facet == "theme":
            return str(self.themes.get(value, value))
        return dict(settings.LANGUAGES).get(value, value) if facet == "language" else self.tags.get(value, value)

    def options(self, facet: str) -> list[Option]:
        """The values of a facet: what is chosen first, then the most frequent."""
        chosen = self.question.filters[facet]
        counts = {**dict.fromkeys(chosen, 0), **self.counts[facet]}
        made = [Option(value, self.label(facet, value), count, value in chosen) for value, count in counts.items()]
        return sorted(made, key=lambda option: (not option.chosen, -option.count, option.label))

    @property
    def facets(self) -> list[tuple[str, list[Option], list[Option]]]:
        """Name, open values, folded values of each facet that narrows anything."""
        made = [(name, self.options(name)) for name in ("theme", "country", "language")]
        return [(name, options[:SHOWN], options[SHOWN:]) for name, options in made if options]

    @property
    def chips(self) -> list[tuple[str, str, str]]:
        """Facet, label and address without it, of each chosen filter."""
        return [
            (facet, self.label(facet, value), self.address(**{facet: [one for one in values if one != value]}))
            for facet, values in self.question.filters.items()
            for value in values
        ]

    def address(self, **changed: object) -> str:
        """The query string of this question with something changed; the first page again unless told."""
        asked = replace(self.question, **{"page": 1, **changed})  # type: ignore[arg-type]  # fields by their names
        pairs: list[tuple[str, object]] = [("q", asked.q)] if asked.q else []
        pairs += [(name, value) for name, values in asked.filters.items() for value in values]
        pairs += [] if asked.across else [("words", "mine")]
        pairs += [("page", asked.page)] if asked.page > 1 else []
        pairs += [("limit", asked.limit)] if asked.limit != PER_PAGE else []
        return "?" + urlencode(pairs)

    @property
    def switch(self) -> str:
        """The address with the other languages' words turned on or off."""
        return self.address(across=not self.question.across)

    @property
    def unnarrowed(self) -> str:
        """The address without filters."""
        return self.address(theme=[], country=[], language=[], tag=[])

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
    def suggestions(self) -> list[str]:
        """Titles with a word that begins like the longest one asked for, when nothing was found."""
        longest = max(self.question.q.split(), key=len, default="")
        return suggest(longest[: max(4, len(longest) - 3)], scopes_for(self.reader), 5) if longest else []


def search_lessons(person: User, question: Question) -> Finding:
    """Ask the index in the person's scopes, then read the page's hits once more through ``visible_to``."""
    reach = Reach.of(person)
    results = find(
        question.q,
        scopes=scopes_for(reach),
        filters={"kind": ["lesson"], **{name: values for name, values in question.filters.items() if values}},
        language=person.language,
        page=question.page,
        limit=question.limit,
        across=question.across,
    )
    lessons = Lesson.objects.visible_to(person, reach).listed().with_marks().in_bulk([hit.id for hit in results.hits])
    words = " ".join([question.q, *(results.also if question.across else [])])
    found = [
        Found(lesson, snippet_of(lesson, words), hit.score)
        for hit in results.hits
        if (lesson := lessons.get(hit.id)) is not None
    ]
    return Finding(question, results, found, reach, person.language)


def search_page(person: User, question: Question) -> Finding:
    """The same for the page: beyond the end, the last page answers."""
    finding = search_lessons(person, question)
    if finding.page.number < question.page:
        return search_lessons(person, replace(question, page=finding.page.number))
    return finding


def entry_of(family: list[Found], language: str) -> Entry:
    """One lesson in the reader's language, or as it answered best, with its translations beside it."""
    told = next((one for one in family if one.lesson.language == language), family[0])
    return Entry(told.lesson, told.snippet, [one.lesson for one in family if one is not told])


def snippet_of(lesson: Lesson, words: str) -> SafeString:
    """Why it was found; what it is about where nothing was asked."""
    if not words.strip():
        return highlight(Truncator(lesson.summary or words_of(lesson)).chars(220), "", lesson.language)
    return highlight(words_of(lesson), words, lesson.language)

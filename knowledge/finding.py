"""A question put to the index and read back through what the person may see: for the page and for its JSON twin."""

from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil
from urllib.parse import urlencode

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from accounts.models import User
from knowledge.documents import scopes_for, words_of
from knowledge.forms import PER_PAGE, Question
from knowledge.models import Lesson, Tag
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

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, ceil(self.results.total / self.question.limit))

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

    @property
    def page_links(self) -> list[tuple[int, str]]:
        """The pages near this one, with their addresses."""
        here = self.question.page
        near = [page for page in range(1, self.pages + 1) if page in (1, self.pages) or abs(page - here) <= 2]
        return [(page, self.address(page=page)) for page in near]

    @property
    def before(self) -> str:
        """The address of the page before this one; empty on the first."""
        return self.address(page=min(self.question.page - 1, self.pages)) if self.question.page > 1 else ""

    @property
    def after(self) -> str:
        """The address of the next page; empty on the last."""
        return self.address(page=self.question.page + 1) if self.question.page < self.pages else ""

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
    return Finding(question, results, found, reach)


def snippet_of(lesson: Lesson, words: str) -> SafeString:
    """Why it was found; what it is about where nothing was asked."""
    if not words.strip():
        return highlight(Truncator(lesson.summary or words_of(lesson)).chars(220), "", lesson.language)
    return highlight(words_of(lesson), words, lesson.language)
